import { createHash } from 'node:crypto';
import { InvalidConsensusInput } from '@consilium/consensus';
import { canonicalJsonBytes, encodeEvent, UnreadableEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import type { ConsensusJob, ScoringJob } from '@consilium/contracts';
import { assertNever, medicalCase, streamIdOf } from '@consilium/domain';
import type {
  CaseCommand,
  CaseEvent,
  CaseRefusal,
  CaseState,
  CommandId,
  EventId,
  OrganisationId,
} from '@consilium/domain';
import { decideAndAppend, EventTooLarge, InvalidAppend } from '@consilium/event-store';
import type { EventStore, LoadedStream } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';

/** Who our own decisions are recorded as. */
export const qualityActor = { id: 'service:quality', role: 'system' } as const;

/** What is to be recorded about a case, and the case as it stands. */
export interface CauseAnswer {
  readonly command: CaseCommand;
  /** At the newest version. */
  readonly state: CaseState;
  /** Of the command that caused the event. */
  readonly correlationId: string;
}

export type CauseOutcome =
  | { readonly kind: 'recorded'; readonly types: readonly string[] }
  /** Another run of the same job was faster. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly refusal: CaseRefusal };

/** Other writers of the case were faster every time: the job is tried again. */
class CaseContended extends Error {
  override readonly name = 'CaseContended';
}

/**
 * Answers one event of a case by a command about that case, once, however many workers run it how often: the command id is made
 * of the event and of what the answer is called, and the append expects the version that was loaded.
 *
 * @param name what is done, by which method: another name is another answer
 * @throws PermanentJobFailure where no further attempt can help; anything else (StoreUnavailable, CaseContended) passes
 */
export async function answerCause(
  store: EventStore,
  job: ConsensusJob | ScoringJob,
  name: string,
  answer: (stream: LoadedStream) => Promise<CauseAnswer>,
): Promise<CauseOutcome> {
  const organisation = job.organisation as OrganisationId;
  const commandId = uuidv5(job.eventId, name) as CommandId;
  const streamId = streamIdOf('case', job.caseId);
  try {
    const outcome = await decideAndAppend<CaseRefusal>(
      store,
      {
        organisation,
        actorId: qualityActor.id,
        commandId,
        requestHash: createHash('sha256').update(canonicalJsonBytes(job)).digest('hex'),
        streams: [streamId],
      },
      async ({ streams, now }) => {
        const stream = streams.get(streamId);
        if (stream === undefined) throw new PermanentJobFailure('NO_SUCH_EVENT');
        const { command, state, correlationId } = await answer(stream);
        const decision = medicalCase.decide(command, state);
        if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
        const encode = (event: CaseEvent, index: number) =>
          encodeEvent(event, {
            eventId: uuidv7(now) as EventId,
            streamId,
            streamVersion: stream.version + 1 + index,
            organisation,
            actor: qualityActor,
            commandId,
            correlationId,
            causationId: job.eventId,
            occurredAt: now,
            recordedAt: now,
          });
        const events = decision.events.map(encode);
        return {
          kind: 'accepted',
          writes: events.length === 0 ? [] : [{ streamId, events }],
          claims: [],
          answer: JSON.stringify({ types: decision.events.map(({ type }) => type) }),
        };
      },
    );
    switch (outcome.kind) {
      case 'done':
        return outcome.repeated
          ? { kind: 'repeated' }
          : { kind: 'recorded', types: (JSON.parse(outcome.answer) as { readonly types: readonly string[] }).types };
      case 'refused':
        return outcome;
      case 'commandMismatch':
        throw new PermanentJobFailure('COMMAND_MISMATCH');
      case 'contended':
        throw new CaseContended('the case changed with every attempt');
      default:
        return assertNever(outcome);
    }
  } catch (error) {
    throw permanentWhenHopeless(error);
  }
}

function permanentWhenHopeless(error: unknown): unknown {
  const permanent = (code: string): PermanentJobFailure => new PermanentJobFailure(code, { cause: error });
  if (error instanceof InvalidConsensusInput) return permanent(`INVALID_INPUT_${error.problem}`);
  if (error instanceof UnreadableEvent) return permanent('UNREADABLE_EVENT');
  if (error instanceof EventTooLarge) return permanent('EVENT_TOO_LARGE');
  if (error instanceof InvalidAppend) return permanent('INVALID_APPEND');
  return error;
}
