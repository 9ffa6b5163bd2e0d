import { uuidv5 } from '@consilium/contracts';
import type { ScoringJob } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type { AnswerScore, OrganisationId, Protocol, ScoredTruth, Scoring, ScoringId } from '@consilium/domain';
import type { EventStore } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';
import { answerCause } from '../consensus/answer-cause.ts';
import type { ProjectProtocols } from '../consensus/project-protocols.ts';
import type { DriftWatch } from './drift-watch.ts';
import { dueAnswers } from './due-answers.ts';
import type { DueAnswers, KnownTruth } from './due-answers.ts';
import { scoreItems, scoreRegions, scoringMethod } from './score-answer.ts';

/** Of one event, so that it stays far below the largest that the journal takes. */
const itemsPerEvent = 500;

export interface ScoreObserver {
  scored(outcome: 'scored' | 'answeredBefore'): void;
}

/** Answers one event that makes answers due to be scored with what they were worth, once. */
export class ScoreRecorder {
  readonly #store: EventStore;
  readonly #protocols: ProjectProtocols;
  readonly #drift: Pick<DriftWatch, 'assess'>;
  readonly #observer: ScoreObserver;

  constructor(
    store: EventStore,
    protocols: ProjectProtocols,
    drift: Pick<DriftWatch, 'assess'>,
    observer: ScoreObserver,
  ) {
    this.#store = store;
    this.#protocols = protocols;
    this.#drift = drift;
    this.#observer = observer;
  }

  /** @throws PermanentJobFailure where no further attempt can help; anything else (StoreUnavailable, CaseContended) passes */
  async record(job: ScoringJob): Promise<void> {
    const { name, version } = scoringMethod;
    const outcome = await answerCause(this.#store, job, `recordScores/${name}${version}`, async (stream) => {
      const due = dueAnswers(stream, job);
      const organisation = job.organisation as OrganisationId;
      const protocol = await this.#protocols.of(organisation, due.projectId, due.protocolVersion);
      const { state, correlationId } = due;
      return { command: { type: 'recordScores', scorings: scoringsOf(due, job, protocol) }, state, correlationId };
    });
    if (outcome.kind === 'refused') throw new PermanentJobFailure(outcome.refusal.code);
    this.#observer.scored(outcome.kind === 'recorded' ? 'scored' : 'answeredBefore');
    // Also where another run has recorded them and may have died since.
    await this.#watch(job);
  }

  async #watch(job: ScoringJob): Promise<void> {
    const organisation = job.organisation as OrganisationId;
    const streamId = streamIdOf('case', job.caseId);
    const stream = (await this.#store.load({ organisation, streams: [streamId] })).streams.get(streamId);
    if (stream === undefined) return;
    const { truth, answers, projectId, protocolVersion, correlationId } = dueAnswers(stream, job);
    // What is adjudicated is the hard part of what somebody read: being wrong there is no sign of becoming worse.
    if (truth.kind !== 'gold') return;
    const protocol = await this.#protocols.of(organisation, projectId, protocolVersion);
    for (const { annotatorId } of answers) {
      await this.#drift.assess({ organisation, projectId, annotatorId, protocol, correlationId });
    }
  }
}

function scoringsOf(due: DueAnswers, job: ScoringJob, protocol: Protocol): readonly Scoring[] {
  const scores = due.answers.map(({ annotation, ...answer }): AnswerScore => {
    const compared = { answer: annotation, truth: due.annotation, sentences: due.sentences, protocol };
    return { ...answer, items: scoreItems(compared), regions: scoreRegions(compared) };
  });
  return inEvents(scores).map((each, place) => ({
    scoringId: uuidv5(job.eventId, `scoring/${String(place)}`) as ScoringId,
    basedOnVersion: job.streamVersion,
    truth: truthOf(due.truth, protocol),
    method: { ...scoringMethod, parameters: { gate: protocol.matchingGate } },
    scores: each,
  }));
}

/** One event at least: that there was nothing to score is an answer too. */
function inEvents(scores: readonly AnswerScore[]): readonly (readonly AnswerScore[])[] {
  const events: AnswerScore[][] = [[]];
  let items = 0;
  for (const score of scores) {
    if (items > 0 && items + score.items.length > itemsPerEvent) {
      events.push([]);
      items = 0;
    }
    events.at(-1)?.push(score);
    items += score.items.length;
  }
  return events;
}

/** Of cases whose reads agree a share is drawn; of all others each is adjudicated that has its cause. */
function truthOf(truth: KnownTruth, { adjudication }: Protocol): ScoredTruth {
  if (truth.kind === 'gold') return truth;
  const samplingProbability = truth.cause === 'sampled' ? adjudication.sampledShare : 1;
  return { kind: 'adjudicated', adjudicationId: truth.adjudicationId, samplingProbability };
}
