import { aggregateOf, idWithinStream, isUuid } from '@consilium/domain';
import type { CaseId, EventId } from '@consilium/domain';
import { streamStartOf } from '@consilium/contracts';
import { findSequencedEvent } from '@consilium/event-store';
import type { SealStore, SequencedEventBytes } from '@consilium/event-store';
import { findCase, newestHead } from '@consilium/read-model';
import { consistencyProof, inclusionProof } from '@consilium/transparency';
import type { TileReader } from '@consilium/transparency';
import { seeCases } from '../case/case-sight.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { invalidAt, notFound } from '../platform/refusals.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { EventProofResult } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

export interface ProofPorts {
  readonly facts: ProjectFacts;
  readonly seals: Pick<SealStore, 'readTile'>;
}

/**
 * The bytes of an event and its place under the newest head. Texts in it are sealed; labels and marks are not, so of a case
 * that the viewer is blinded for nothing is given.
 */
export async function proveEvent(
  { facts, seals }: ProofPorts,
  scope: RequestScope,
  { eventId, since }: { readonly eventId: string; readonly since?: number | null },
): Promise<EventProofResult> {
  const found = isUuid(eventId) ? await findSequencedEvent(scope.session, eventId as EventId) : undefined;
  if (found === undefined || !(await maySee(facts, scope, found))) return notFound('event');
  const head = await newestHead(scope.session);
  if (head === undefined || head.size < found.globalSeq) {
    return { __typename: 'NotSealedYet', message: 'No signed head covers this event yet: ask again in a minute.' };
  }
  if (isGiven(since) && (since < 1 || since > head.size)) {
    return invalidAt('since', 'NO_SUCH_SIZE', `the newest head has ${String(head.size)} events`);
  }
  const read: TileReader = async (place) => seals.readTile(place);
  return {
    __typename: 'EventProof',
    sequence: found.globalSeq,
    meta: base64(found.metaBytes),
    payload: base64(found.payloadBytes),
    salt: base64(found.salt),
    previousStreamHash: base64(found.previousStreamHash ?? streamStartOf(found.streamId)),
    streamHash: base64(found.streamHash),
    head,
    inclusion: (await inclusionProof(found.globalSeq - 1, head.size, read)).map(base64),
    consistency: isGiven(since) ? (await consistencyProof(since, head.size, read)).map(base64) : null,
  };
}

async function maySee(facts: ProjectFacts, scope: RequestScope, { streamId }: SequencedEventBytes): Promise<boolean> {
  if (aggregateOf(streamId) !== 'case') return true;
  const view = await findCase(scope.session, idWithinStream(streamId) as CaseId);
  const [seen] = view === undefined ? [] : await seeCases(facts, scope, [view]);
  if (seen === undefined || seen.sight.isBlinded) return false;
  scope.accessLog.note('proof.read', [seen.view.caseId]);
  return true;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
