import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Query } from '../api/use-query.ts';
import { assertNever } from '../assert-never.ts';
import { formatInstant, formatCount } from '../layout/format.ts';
import { EmptyNotice, FailureNotice, LoadingNotice } from '../layout/notices.tsx';
import type { Reader } from '../viewer/marks.ts';
import { readerColour } from '../viewer/reader-colour.ts';
import { describeActor, describeDetail, describeEvent, kindOfEvent } from './describe-event.ts';
import type { HistoryEntry } from './history-query.ts';
import './timeline.css';

export interface TimelineData {
  readonly entries: readonly HistoryEntry[];
  readonly hasMore: boolean;
}

interface TimelineProps {
  readonly query: Query<TimelineData>;
  readonly readers: readonly Reader[];
  /** undefined where no more can be had at once. */
  readonly onMore: (() => void) | undefined;
}

/** The events of the case as they were recorded, oldest first. */
export function Timeline({ query, readers, onMore }: TimelineProps): ReactNode {
  const [showsNumbers, setShowsNumbers] = useState(false);
  const { state, refresh } = query;
  switch (state.status) {
    case 'loading':
      return <LoadingNotice what="the timeline" rows={6} />;
    case 'failed':
      return <FailureNotice failure={state.failure} onRetry={refresh} />;
    case 'ready': {
      const { entries, hasMore } = state.data;
      if (entries.length === 0) return <EmptyNotice title="No event is there for you to see" />;
      return (
        <>
          <ol className="timeline">
            {entries.map((entry, index) => (
              <Entry
                key={entry.eventId ?? index}
                entry={entry}
                reader={readers.find(({ annotation }) => annotation.readId === entry.readId)}
                showsNumbers={showsNumbers}
              />
            ))}
          </ol>
          <div className="timeline__foot">
            {hasMore ? <MoreEvents shown={entries.length} onMore={onMore} /> : null}
            {entries.some(({ version }) => version !== null) ? (
              <label className="timeline__switch">
                <input type="checkbox" checked={showsNumbers} onChange={() => setShowsNumbers((before) => !before)} />
                Event numbers and ids
              </label>
            ) : null}
          </div>
        </>
      );
    }
    default:
      return assertNever(state);
  }
}

interface MoreEventsProps {
  readonly shown: number;
  readonly onMore: (() => void) | undefined;
}

function MoreEvents({ shown, onMore }: MoreEventsProps): ReactNode {
  if (onMore === undefined) return <span className="muted">The first {shown} events are shown.</span>;
  return (
    <button className="button button--small" type="button" onClick={onMore}>
      Show more events
    </button>
  );
}

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly reader: Reader | undefined;
  readonly showsNumbers: boolean;
}

function Entry({ entry, reader, showsNumbers }: EntryProps): ReactNode {
  const detail = describeDetail(entry.detail);
  return (
    <li className={`timeline__entry timeline__entry--${kindOfEvent(entry.type)}`}>
      <span className="timeline__what">{describeEvent(entry.type)}</span>
      {reader === undefined ? null : (
        <span className={`reader-chip reader-chip--small ${readerColour(reader.number)}`}>Reader {reader.number}</span>
      )}
      <span className="timeline__facts muted">
        <time dateTime={entry.at} title={entry.at}>
          {formatInstant(entry.at)}
        </time>
        {' · '}
        <span title={entry.actorId ?? undefined}>{describeActor(entry.actorRole)}</span>
        {detail === undefined ? null : ` · ${detail}`}
      </span>
      {showsNumbers && entry.version !== null ? (
        <span className="timeline__numbers code muted">
          version {entry.version}
          {entry.globalSeq === null ? '' : ` · log ${formatCount(entry.globalSeq)}`}
          {entry.eventId === null ? null : (
            <>
              <br />
              {entry.eventId}
            </>
          )}
        </span>
      ) : null}
    </li>
  );
}
