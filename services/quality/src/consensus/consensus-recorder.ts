import { createHash } from 'node:crypto';
import { computeConsensus, InvalidConsensusInput, majorityMethod } from '@consilium/consensus';
import type { CaseConsensus, ConsensusMethod } from '@consilium/consensus';
import { canonicalJsonBytes, encodeEvent, UnreadableEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import type { ConsensusJob } from '@consilium/contracts';
import { assertNever, medicalCase, streamIdOf } from '@consilium/domain';
import type { CaseEvent, CaseRefusal, CommandId, EventId, OrganisationId } from '@consilium/domain';
import { decideAndAppend, EventTooLarge, InvalidAppend } from '@consilium/event-store';
import type { CommandDecision, EventStore, Loaded } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { passFailpoint } from '@consilium/runtime';
import type { ProjectProtocols } from './project-protocols.ts';
import { readCase } from './read-case.ts';
import type { CompletedCase } from './read-case.ts';
import { toConsensusRead } from './to-consensus-read.ts';
import { toRecordedConsensus } from './to-recorded-consensus.ts';

const actor = { id: 'service:quality', role: 'system' } as const;

export interface ConsensusObserver {
  recorded(outcome: 'settled' | 'disputed' | 'answeredBefore' | 'superseded'): void;
  computed(seconds: number): void;
}

/** Other writers of the case were faster every time: the job is tried again. */
class CaseContended extends Error {
  override readonly name = 'CaseContended';
}

/**
 * Answers one `readsCompleted` event with a consensus or a disagreement, once, however many workers run it how often: the
 * command id is made of the event and the method, the decider refuses a second answer, and the append expects the version
 * that was loaded.
 */
export class ConsensusRecorder {
  readonly #store: EventStore;
  readonly #protocols: ProjectProtocols;
  readonly #observer: ConsensusObserver;
  readonly #method: ConsensusMethod;

  constructor(
    store: EventStore,
    protocols: ProjectProtocols,
    observer: ConsensusObserver,
    method: ConsensusMethod = majorityMethod,
  ) {
    this.#store = store;
    this.#protocols = protocols;
    this.#observer = observer;
    this.#method = method;
  }

  /** @throws PermanentJobFailure where no further attempt can help; anything else (StoreUnavailable, CaseContended) passes */
  async record(job: ConsensusJob): Promise<void> {
    try {
      await this.#run(job);
    } catch (error) {
      throw permanentWhenHopeless(error);
    }
  }

  async #run(job: ConsensusJob): Promise<void> {
    passFailpoint('job.taken');
    const organisation = job.organisation as OrganisationId;
    const { name, version } = this.#method;
    const commandId = uuidv5(job.eventId, `recordConsensus/${name}${version}`) as CommandId;
    const outcome = await decideAndAppend(
      this.#store,
      {
        organisation,
        actorId: actor.id,
        commandId,
        requestHash: createHash('sha256').update(canonicalJsonBytes(job)).digest('hex'),
        streams: [streamIdOf('case', job.caseId)],
      },
      async (loaded) => this.#decide(job, organisation, commandId, loaded),
    );
    switch (outcome.kind) {
      case 'done':
        passFailpoint('job.recorded');
        this.#observer.recorded(outcome.repeated ? 'answeredBefore' : parseAnswer(outcome.answer));
        return;
      case 'refused':
        // The reads have changed since: when they are complete again, that event has its own job.
        if (outcome.refusal.code === 'CONSENSUS_SUPERSEDED') {
          this.#observer.recorded('superseded');
          return;
        }
        throw new PermanentJobFailure(outcome.refusal.code);
      case 'commandMismatch':
        throw new PermanentJobFailure('COMMAND_MISMATCH');
      case 'contended':
        throw new CaseContended('the case changed with every attempt');
      default:
        assertNever(outcome);
    }
  }

  async #decide(
    job: ConsensusJob,
    organisation: OrganisationId,
    commandId: CommandId,
    loaded: Loaded,
  ): Promise<CommandDecision<CaseRefusal>> {
    const streamId = streamIdOf('case', job.caseId);
    const stream = loaded.streams.get(streamId);
    if (stream === undefined) throw new PermanentJobFailure('NO_SUCH_EVENT');
    const completed = readCase(stream, job);
    const consensus = await this.#compute(organisation, completed);
    const decision = medicalCase.decide(
      { type: 'recordConsensus', outcome: consensus.outcome, consensus: toRecordedConsensus(consensus, job) },
      completed.state,
    );
    if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
    const encode = (event: CaseEvent, index: number) =>
      encodeEvent(event, {
        eventId: uuidv7(loaded.now) as EventId,
        streamId,
        streamVersion: stream.version + 1 + index,
        organisation,
        actor,
        commandId,
        correlationId: completed.correlationId,
        causationId: job.eventId,
        occurredAt: loaded.now,
        recordedAt: loaded.now,
      });
    const events = decision.events.map(encode);
    return {
      kind: 'accepted',
      writes: events.length === 0 ? [] : [{ streamId, events }],
      claims: [],
      answer: JSON.stringify({ outcome: events.length === 0 ? 'answeredBefore' : consensus.outcome }),
    };
  }

  async #compute(organisation: OrganisationId, completed: CompletedCase): Promise<CaseConsensus> {
    const protocol = await this.#protocols.of(organisation, completed.projectId, completed.protocolVersion);
    const startedMs = performance.now();
    const consensus = computeConsensus(
      {
        reads: completed.reads.map(({ readId, annotation }) => toConsensusRead(readId, annotation, protocol)),
        gate: protocol.matchingGate,
      },
      this.#method,
    );
    this.#observer.computed((performance.now() - startedMs) / 1_000);
    passFailpoint('job.computed');
    return consensus;
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

function parseAnswer(answer: string): 'settled' | 'disputed' | 'answeredBefore' {
  return answer.includes('settled') ? 'settled' : answer.includes('disputed') ? 'disputed' : 'answeredBefore';
}
