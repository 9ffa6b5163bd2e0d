import type { EventId, ProtectedText } from '@consilium/domain';
import type { RequestScope } from '../platform/request-scope.ts';
import type { SeenCase } from './case-sight.ts';

interface ReasonedEvent {
  readonly eventId: EventId;
  readonly type: string;
  readonly actorId: string;
  readonly detail: Readonly<Record<string, unknown>> | undefined;
}

export interface NotedReason {
  readonly reason: string | null;
  readonly note: string | null;
}

/**
 * Why something was done, where that was said. The note to a reason is the one free text in it; it is left out when it was
 * erased. While blinded a viewer sees their own notes only: what somebody else wrote of their read may speak of others.
 */
export async function notedReason(
  scope: RequestScope,
  { view, sight }: SeenCase,
  event: ReasonedEvent,
): Promise<NotedReason> {
  const { reason, note } = event.detail ?? {};
  const isForeign = sight.isBlinded && event.actorId !== scope.viewer.personId;
  const sealedIn = { subjectId: view.subjectId, eventId: event.eventId, type: event.type };
  return {
    reason: typeof reason === 'string' ? reason : null,
    note: isForeign || !isSealed(note) ? null : (await scope.texts.openerOf(sealedIn, note))(note, 'note'),
  };
}

const isSealed = (value: unknown): value is ProtectedText =>
  typeof value === 'object' && value !== null && 'state' in value && value.state === 'sealed';
