import { decodeEvent } from '@consilium/contracts';
import { idleGapMs } from '@consilium/domain';
import type { AnnotatorId, Instant, OrganisationId, TimeOnTask } from '@consilium/domain';
import type { ActiveTimeQuery, RecordedEvent } from '@consilium/event-store';
import type { ReadContext } from './run-read-command.ts';

export interface TimePorts {
  readonly activeTime: (organisation: OrganisationId, query: ActiveTimeQuery) => Promise<number>;
}

/** When this annotator claimed the case, each time. */
export const claimInstants = (recorded: readonly RecordedEvent[], annotatorId: AnnotatorId): readonly Instant[] =>
  recorded.flatMap((each) => {
    if (each.type !== 'readClaimed' && each.type !== 'goldClaimed') return [];
    const event = decodeEvent(each);
    return 'annotatorId' in event && event.annotatorId === annotatorId ? [each.recordedAt] : [];
  });

/** Up to this instant, which is that of the submission. Undefined of whoever never claimed the case: they are refused anyway. */
export async function timeOnTask(
  { activeTime }: TimePorts,
  organisation: OrganisationId,
  { recorded, annotatorId, content: { caseId }, at }: ReadContext,
): Promise<TimeOnTask | undefined> {
  const claims = claimInstants(recorded, annotatorId);
  const [first, last] = [claims[0], claims.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const activeMs = await activeTime(organisation, { caseId, annotatorId, claimedAt: last, at, idleGapMs });
  return { activeMs, wallMs: Math.max(0, at - first), idleGapMs };
}
