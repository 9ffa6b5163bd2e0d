import { computeConsensus, findDisagreements, majorityMethod } from '@consilium/consensus';
import type { CaseConsensus, ConsensusMethod } from '@consilium/consensus';
import { uuidv5 } from '@consilium/contracts';
import type { ConsensusJob } from '@consilium/contracts';
import type { AdjudicationId, CaseCommand, CaseId, OrganisationId, Protocol } from '@consilium/domain';
import type { EventStore, ReadersLeftQuery } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { passFailpoint } from '@consilium/runtime';
import { answerCause } from './answer-cause.ts';
import type { ProjectProtocols } from './project-protocols.ts';
import { readCase } from './read-case.ts';
import type { CompletedCase } from './read-case.ts';
import { isSampled } from './is-sampled.ts';
import { hasForcedLabel, statementsOf } from './statements-of.ts';
import { toConsensusRead } from './to-consensus-read.ts';
import { toDisagreement } from './to-disagreement.ts';
import { toRecordedConsensus } from './to-recorded-consensus.ts';

export interface ConsensusObserver {
  recorded(outcome: 'settled' | 'disputed' | 'answeredBefore' | 'superseded'): void;
  computed(seconds: number): void;
}

/** How many annotators of the project have had no part in the case. */
export type ReadersLeft = (query: ReadersLeftQuery) => Promise<number>;

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
    passFailpoint('job.taken');
    const { name, version } = this.#method;
    const outcome = await answerCause(this.#store, job, `recordConsensus/${name}${version}`, async (stream) => {
      const completed = readCase(stream, job);
      const { state, correlationId } = completed;
      return { command: await this.#settlement(job, completed), state, correlationId };
    });
    if (outcome.kind === 'refused') {
      // The reads have changed since: when they are complete again, that event has its own job.
      if (outcome.refusal.code !== 'CONSENSUS_SUPERSEDED') throw new PermanentJobFailure(outcome.refusal.code);
      this.#observer.recorded('superseded');
      return;
    }
    passFailpoint('job.recorded');
    this.#observer.recorded(outcome.kind === 'repeated' ? 'answeredBefore' : outcomeOf(outcome.types));
  }

  async #settlement(job: ConsensusJob, completed: CompletedCase): Promise<CaseCommand> {
    const organisation = job.organisation as OrganisationId;
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

function outcomeOf(types: readonly string[]): 'settled' | 'disputed' | 'answeredBefore' {
  if (types.length === 0) return 'answeredBefore';
  return types.includes('disagreementFound') ? 'disputed' : 'settled';
}
