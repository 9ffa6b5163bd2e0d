import { decodeEnvelope } from '@consilium/contracts';
import type { ConsensusJob } from '@consilium/contracts';
import { fold, medicalCase, withPresentLinks } from '@consilium/domain';
import type { Annotation, CaseState, ProjectId, ReadId } from '@consilium/domain';
import type { LoadedStream } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { toCaseEvent } from './to-case-event.ts';

/** A case as its consensus needs it: as it was when its reads were complete, and how it stands now. */
export interface CompletedCase {
  readonly projectId: ProjectId;
  /** The one that the reads were completed under. */
  readonly protocolVersion: number;
  readonly reads: readonly { readonly readId: ReadId; readonly annotation: Annotation }[];
  /** At the newest version: tells whether the consensus is still due. */
  readonly state: CaseState;
  /** Of the command that completed the reads. */
  readonly correlationId: string;
}

/**
 * Reads a case stream for the job of one of its `readsCompleted` events. Only reads that this event names count, in the
 * annotation they had at its version.
 * @throws PermanentJobFailure where the journal has no such event; UnreadableEvent
 */
export function readCase(stream: LoadedStream, job: ConsensusJob): CompletedCase {
  const trigger = stream.events[job.streamVersion - 1];
  if (trigger?.type !== 'readsCompleted' || trigger.eventId !== job.eventId) {
    throw new PermanentJobFailure('NO_SUCH_EVENT');
  }
  const events = stream.events.map(toCaseEvent);
  const before = events.slice(0, job.streamVersion);
  const completed = before.at(-1);
  const imported = before[0];
  if (imported?.type !== 'caseImported' || completed?.type !== 'readsCompleted') {
    throw new PermanentJobFailure('NOT_A_CASE');
  }
  const named = new Set(completed.readIds);
  const annotations = new Map(
    before.flatMap((event) =>
      // Of a read that was amended, or withdrawn and read again, the newest counts.
      (event.type === 'annotationSubmitted' ||
        event.type === 'annotationAmended' ||
        event.type === 'externalReadRecorded') &&
      named.has(event.readId)
        ? [[event.readId, event.annotation] as const]
        : [],
    ),
  );
  // Other words of the same meaning, and sentences that were split or merged since: what was said is said of those of then.
  const then = fold(medicalCase, before);
  const sentences = then.status === 'unknown' ? { sentences: [] } : then;
  const moved = before.findLast((event) => event.type === 'caseProtocolMoved');
  return {
    projectId: imported.projectId,
    protocolVersion: moved?.protocolVersion ?? imported.protocolVersion,
    reads: [...annotations].map(([readId, annotation]) => ({
      readId,
      annotation: withPresentLinks(annotation, sentences),
    })),
    state: fold(medicalCase, events),
    correlationId: decodeEnvelope(trigger.metaBytes).correlationId,
  };
}
