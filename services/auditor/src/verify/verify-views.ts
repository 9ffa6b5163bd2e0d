import type { Database, Queryable } from '@consilium/postgres';
import { activeGeneration, discardedEventsOf, parkedStreamsOf, placesOf, ProjectionStore } from '@consilium/read-model';
import type { ViewPlace } from '@consilium/read-model';
import { isMissing } from '../history/found-event.ts';
import type { Found } from '../history/found-event.ts';
import type { HistorySource, ReportProblem } from '../history/history-source.ts';
import { mostParkedInReplay, NotReplayable, replayEvents } from '../replay/replay-events.ts';
import { compareViews } from './compare-views.ts';

export interface VerifyViewsOptions {
  readonly source: HistorySource;
  /** One snapshot of the database of the views. */
  readonly snapshot: Queryable;
  /** An empty database with the tables of this version, as consilium_projector. */
  readonly scratch: Database;
  readonly report: ReportProblem;
  readonly onReplayed: (events: number, of: number) => void;
  readonly onCompared: (rows: number) => void;
}

/**
 * The views that readers see, against views made anew from the history up to the very place that each partition has reached
 * in that snapshot. @returns how many rows were compared; undefined where the history cannot be replayed
 */
export async function verifyViews(options: VerifyViewsOptions): Promise<number | undefined> {
  const { snapshot, scratch, report, onCompared } = options;
  const generation = await activeGeneration(snapshot);
  const places = await placesOf(snapshot, generation);
  const replayed = await activeGeneration(scratch);
  try {
    await replayTo(options, replayed, places);
  } catch (error) {
    if (!(error instanceof NotReplayable)) throw error;
    report({ where: 'view', code: 'NOT_REPLAYABLE', subject: 'views', message: error.message });
    return undefined;
  }
  return compareWithReplay({ snapshot, generation, scratch, replayed, report, onCompared });
}

export interface CompareWithReplayOptions extends Pick<VerifyViewsOptions, 'snapshot' | 'report' | 'onCompared'> {
  readonly generation: number;
  readonly scratch: Queryable;
  readonly replayed: number;
}

/** Streams that stand still in either are told, and left out. @returns how many rows were compared */
export async function compareWithReplay({
  snapshot,
  generation,
  scratch,
  replayed,
  report,
  onCompared,
}: CompareWithReplayOptions): Promise<number> {
  const parked = [...(await parkedStreamsOf(snapshot, generation)), ...(await parkedStreamsOf(scratch, replayed))];
  for (const { streamId, errorClass } of parked) {
    report({
      where: 'view',
      code: 'STREAM_PARKED',
      subject: streamId,
      message: `it is not shown further: ${errorClass}`,
    });
  }
  compareDiscarded(await discardedEventsOf(snapshot, generation), await discardedEventsOf(scratch, replayed), report);
  const leaveOut = new Set(parked.map(({ streamId }) => streamId));
  return compareViews(
    { session: snapshot, generation },
    { session: scratch, generation: replayed },
    leaveOut,
    report,
    onCompared,
  );
}

/** Decisions of operators make no rows of views, but for what they leave out. */
function compareDiscarded(shown: readonly string[], replayed: readonly string[], report: ReportProblem): void {
  const differing = [
    ...shown
      .filter((eventId) => !replayed.includes(eventId))
      .map((eventId) => [eventId, 'left out, and nobody decided so'] as const),
    ...replayed
      .filter((eventId) => !shown.includes(eventId))
      .map((eventId) => [eventId, 'not left out, as was decided'] as const),
  ];
  for (const [eventId, message] of differing) {
    report({ where: 'view', code: 'ROW_DIFFERS', subject: `discarded_event ${eventId}`, message: `it is ${message}` });
  }
}

async function replayTo(
  { source, scratch, onReplayed }: VerifyViewsOptions,
  generation: number,
  places: readonly ViewPlace[],
): Promise<void> {
  const nextSeqOf = new Map(places.map(({ topic, partition, nextSeq }) => [`${topic} ${String(partition)}`, nextSeq]));
  const isShown = (found: Found): boolean =>
    isMissing(found) || found.partitionSeq < (nextSeqOf.get(`${found.topic} ${String(found.partition)}`) ?? 1);
  const total = places.reduce((sum, { nextSeq }) => sum + nextSeq - 1, 0);
  const store = new ProjectionStore(scratch, { generation, mostParkedStreams: mostParkedInReplay });
  let events = 0;
  for await (const batch of source.events({}, () => undefined)) {
    const due = batch.filter(isShown);
    await replayEvents(store, source.logId ?? '', due);
    events += due.length;
    onReplayed(events, total);
    if (events >= total) return;
  }
  if (events < total) {
    throw new NotReplayable(`the views have seen ${String(total)} events, the history has ${String(events)} of them`);
  }
}
