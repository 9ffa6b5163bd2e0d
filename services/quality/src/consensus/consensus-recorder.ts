import { createHash } from 'node:crypto';
import { computeConsensus, findDisagreements, InvalidConsensusInput, majorityMethod } from '@consilium/consensus';
import type { CaseConsensus, ConsensusMethod } from '@consilium/consensus';
import { canonicalJsonBytes, encodeEvent, UnreadableEvent, uuidv5, uuidv7 } from '@consilium/contracts';
import type { ConsensusJob } from '@consilium/contracts';
import { assertNever, medicalCase, streamIdOf } from '@consilium/domain';
import type {
  AdjudicationId,
  CaseCommand,
  CaseEvent,
  CaseId,
  CaseRefusal,
  CommandId,
  EventId,
  OrganisationId,
  Protocol,
} from '@consilium/domain';
import { decideAndAppend, EventTooLarge, InvalidAppend } from '@consilium/event-store';
import type { CommandDecision, EventStore, Loaded, ReadersLeftQuery } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { passFailpoint } from '@consilium/runtime';
import type { ProjectProtocols } from './project-protocols.ts';
import { readCase } from './read-case.ts';
import type { CompletedCase } from './read-case.ts';
import { isSampled } from './is-sampled.ts';
import { hasForcedLabel, statementsOf } from './statements-of.ts';
import { toConsensusRead } from './to-consensus-read.ts';
import { toDisagreement } from './to-disagreement.ts';
import { toRecordedConsensus } from './to-recorded-consensus.ts';

const actor = { id: 'service:quality', role: 'system' } as const;

export interface ConsensusObserver {
  recorded(outcome: 'settled' | 'disputed' | 'answeredBefore' | 'superseded'): void;
  computed(seconds: number): void;
}

/** How many annotators of the project have had no part in the case. */
export type ReadersLeft = (query: ReadersLeftQuery) => Promise<number>;

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
  readonly #readersLeft: ReadersLeft;

  constructor(
    store: EventStore,
    protocols: ProjectProtocols,
    readersLeft: ReadersLeft,
    observer: ConsensusObserver,
    method: ConsensusMethod = majorityMethod,
  ) {
    this.#store = store;
    this.#protocols = protocols;
    this.#readersLeft = readersLeft;
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
    const decision = medicalCase.decide(await this.#settlement(job, organisation, completed), completed.state);
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
      answer: JSON.stringify({ outcome: outcomeOf(decision.events) }),
    };
  }

  async #settlement(job: ConsensusJob, organisation: OrganisationId, completed: CompletedCase): Promise<CaseCommand> {
    const { projectId, reads } = completed;
    const protocol = await this.#protocols.of(organisation, projectId, completed.protocolVersion);
    const consensus = this.#compute(completed, protocol);
    const recorded = toRecordedConsensus(consensus, job);
    const statements = reads.flatMap(({ readId, annotation }) => statementsOf(readId, annotation, protocol));
    return {
      type: 'recordConsensus',
      consensus: recorded,
      disagreements: findDisagreements(consensus, statements).map((found) => toDisagreement(found, recorded)),
      hasForcedLabel: reads.some(({ annotation }) => hasForcedLabel(annotation, protocol)),
      isSampled: isSampled(job.eventId, protocol.adjudication.sampledShare),
      readersLeft: await this.#readersLeft({ organisation, projectId, caseId: job.caseId as CaseId }),
      adjudicationId: uuidv5(recorded.consensusId, 'adjudication') as AdjudicationId,
      protocol,
    };
  }

  #compute({ reads }: CompletedCase, protocol: Protocol): CaseConsensus {
    const startedMs = performance.now();
    const consensus = computeConsensus(
      {
        reads: reads.map(({ readId, annotation }) => toConsensusRead(readId, annotation, protocol)),
        gate: protocol.matchingGate,
      },
      this.#method,
    );
    this.#observer.computed((performance.now() - startedMs) / 1_000);
    passFailpoint('job.computed');
    return consensus;
  }
}

function outcomeOf(events: readonly CaseEvent[]): 'settled' | 'disputed' | 'answeredBefore' {
  if (events.length === 0) return 'answeredBefore';
  return events.some(({ type }) => type === 'disagreementFound') ? 'disputed' : 'settled';
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
