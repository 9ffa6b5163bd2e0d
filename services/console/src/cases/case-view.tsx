import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { shortId } from '../layout/format.ts';
import { EmptyNotice } from '../layout/notices.tsx';
import type { Project } from '../projects/project-queries.ts';
import { Timeline } from '../timeline/timeline.tsx';
import type { History } from '../timeline/use-history.ts';
import { ImagePanel } from '../viewer/image-panel.tsx';
import { litKeys, marksOf, readersOf } from '../viewer/marks.ts';
import type { Highlight, Mark } from '../viewer/marks.ts';
import { ReadingsTable } from '../viewer/readings-table.tsx';
import { SentenceList } from '../viewer/sentence-list.tsx';
import type { ViewSettings } from '../viewer/use-view-settings.ts';
import type { MedicalCase } from './case-query.ts';
import { ConsensusSummary } from './consensus-summary.tsx';

interface CaseViewProps {
  readonly medicalCase: MedicalCase;
  readonly project: Project | undefined;
  readonly settings: ViewSettings;
  readonly history: History;
}

export function CaseView({ medicalCase, project, settings, history }: CaseViewProps): ReactNode {
  const { annotations, consensus, images, sentences } = medicalCase;
  const [highlight, setHighlight] = useState<Highlight>();
  const panel = useRef<HTMLDivElement>(null);
  const readers = useMemo(() => readersOf(annotations), [annotations]);
  const marks = useMemo(() => marksOf(medicalCase), [medicalCase]);
  const lit = useMemo(() => litKeys(marks, highlight), [marks, highlight]);
  // The server answers null instead of a number to nobody but a blinded annotator.
  const isBlinded = medicalCase.readsWanted === null;
  const onMark = (key: string | undefined): void => setHighlight(key === undefined ? undefined : { kind: 'mark', key });
  const show = (mark: Mark): void => {
    settings.chooseImage(mark.imageId);
    panel.current?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <>
      <CaseFacts medicalCase={medicalCase} />
      {isBlinded ? <BlindedNotice /> : null}
      <div className="case-grid">
        <div className="case-grid__main">
          <section className="card card--flush" aria-label="Image" ref={panel}>
            <ImagePanel {...{ images, readers, consensus, marks, lit, settings }} onHighlight={onMark} />
          </section>
          <section className="card" aria-labelledby="readings-title">
            <h2 id="readings-title" className="card__title">
              Readings
            </h2>
            {readers.length === 0 ? (
              <EmptyNotice title={isBlinded ? 'You have not submitted your read' : 'No read is submitted yet'}>
                {isBlinded ? undefined : 'The page shows them as they arrive.'}
              </EmptyNotice>
            ) : (
              <ReadingsTable
                definitions={project?.protocol.attributes ?? []}
                {...{ readers, marks, lit }}
                onHighlight={onMark}
              />
            )}
            {project?.protocol.readerIdentity === 'NOT_PUBLISHED' && readers.length > 0 ? (
              <p className="card__note muted">
                The source publishes no reader identity: reader numbers count within this case, and reader 1 here need
                not be reader 1 of another case.
              </p>
            ) : null}
          </section>
          {sentences.length === 0 ? null : (
            <section className="card" aria-labelledby="sentences-title">
              <h2 id="sentences-title" className="card__title">
                Report sentences
              </h2>
              <SentenceList {...{ sentences, readers, consensus, marks }} onHighlight={setHighlight} onShow={show} />
            </section>
          )}
        </div>
        <div className="case-grid__side">
          <section className="card" aria-labelledby="consensus-title">
            <h2 id="consensus-title" className="card__title">
              Consensus
            </h2>
            <ConsensusSummary medicalCase={medicalCase} isBlinded={isBlinded} />
          </section>
          <section className="card" aria-labelledby="timeline-title">
            <h2 id="timeline-title" className="card__title">
              Timeline
            </h2>
            <Timeline query={history.query} readers={readers} onMore={history.showMore} />
          </section>
        </div>
      </div>
    </>
  );
}

function CaseFacts({ medicalCase }: { readonly medicalCase: MedicalCase }): ReactNode {
  const { externalKey, id, subjectId, readsSubmitted, readsWanted } = medicalCase;
  return (
    <p className="case-facts muted">
      <span className="code" title={id}>
        {externalKey ?? id}
      </span>
      <span title={subjectId}>
        Subject <span className="code">{shortId(subjectId)}</span>
      </span>
      {readsWanted === null || readsSubmitted === null ? null : (
        <span>
          {readsSubmitted} of {readsWanted} reads submitted
        </span>
      )}
    </p>
  );
}

function BlindedNotice(): ReactNode {
  return (
    <div className="notice notice--calm">
      <strong>You are blinded until your own read is submitted and the case is settled.</strong>
      <p>Only your own answer and events are shown, so that your read stays independent of the others.</p>
    </div>
  );
}
