import {
  cases as casesQuery,
  ConsiliumClient,
  createProject,
  decidedCases,
  excludeCase,
  finaliseCase,
  goldCases,
  importCases,
  project as projectQuery,
  registerAnnotator,
  setGold,
} from '@consilium/client';
import type { AnnotationInput, CaseFields, CaseStatus } from '@consilium/client';
import { allNodes } from '../all-nodes.ts';
import { answerCase, claimCase, claimFromQueue } from '../claimed-reads.ts';
import { DemonstrationFailed, unexpected } from '../demonstration-failed.ts';
import { readOf } from '../grounded-reports/read-of.ts';
import { scriptedAnnotators } from '../grounded-reports/scripted-annotators.ts';
import type { ScriptedAnnotator } from '../grounded-reports/scripted-annotators.ts';
import type { SyntheticStudy } from '../grounded-reports/synthetic-study.ts';
import { progressOf, untilProgress } from '../project-progress.ts';
import type { ProjectProgress } from '../project-progress.ts';
import { adjudicateAll } from './adjudicate-all.ts';
import { toAnswer } from './grounded-answers.ts';
import { groundedFiguresOf } from './grounded-figures.ts';
import type { DecidedCase, GoldCase, GroundedFigures } from './grounded-figures.ts';
import { groundedName, groundedProtocol, planGrounded, readersOf, toGroundedCase } from './grounded-plan.ts';
import type { GroundedPlan } from './grounded-plan.ts';
import { reviewAll } from './review-all.ts';
import { reviewTranslations } from './review-translations.ts';

export interface GroundedPerson {
  readonly personId: string;
  readonly token: string;
}

export interface GroundedOptions {
  readonly graphqlUrl: string;
  readonly leadToken: string;
  readonly reviewerToken: string;
  readonly adjudicatorToken: string;
  /** One for each scripted annotator, in their order. */
  readonly annotators: readonly GroundedPerson[];
  /** The first so many studies. @default 72 */
  readonly studies?: number;
  readonly onProgress?: (progress: GroundedProgress) => void;
  readonly signal: AbortSignal;
}

export interface GroundedProgress {
  readonly stage:
    | 'importing studies'
    | 'reading'
    | 'reading once more'
    | 'reading with gold among it'
    | 'adjudicating'
    | 'reviewing'
    | 'finalising';
  readonly done: number;
  readonly of: number;
}

export type GroundedOutcome =
  /** An earlier run did it all; nothing was changed. */
  | { readonly kind: 'thereAlready'; readonly projectId: string; readonly cases: number }
  | { readonly kind: 'done'; readonly projectId: string; readonly figures: GroundedFigures };

const casesPerPage = 20;
const casesPerImport = 50;
const atOnce = 8;
const roundsMaximum = 5;
const goldCasesWanted = 4;

/**
 * Made-up bilingual studies go the whole way, through the public API and under the identities of their readers: triage,
 * translations that a reviewer looks at, two reads, a third where it is wanted, an adjudicator, gold among what is read then, reviews of
 * some reads, a final answer. What was planted in studies and reads is then compared with what came of it. May be broken off at any point and called again.
 * @throws DemonstrationFailed; the client's errors; the reason of `signal`
 */
export async function runGroundedDemonstration(options: GroundedOptions): Promise<GroundedOutcome> {
  const plan = planGrounded(options.studies);
  const demonstration = new Demonstration(plan, options, await ensureProject(plan, options));
  const before = await demonstration.progress();
  if (isComplete(before, plan)) {
    return { kind: 'thereAlready', projectId: demonstration.projectId, cases: before.cases };
  }
  return demonstration.run();
}

const isComplete = ({ cases, finalised, excluded }: ProjectProgress, { studies }: GroundedPlan): boolean =>
  cases === studies.length && finalised + excluded === cases && excluded > 0;

async function ensureProject(plan: GroundedPlan, options: GroundedOptions): Promise<string> {
  const lead = clientFor(options, options.leadToken);
  const input = { commandId: `${plan.commandPrefix}-project`, name: groundedName, protocol: groundedProtocol };
  const { createProject: answer } = await lead.request(createProject, { input });
  if (answer.__typename !== 'ProjectCreated') throw unexpected('Creating the project', answer);
  await lead.request(projectQuery, { id: answer.projectId, after: answer.token });
  return answer.projectId;
}

const clientFor = ({ graphqlUrl }: GroundedOptions, token: string): ConsiliumClient =>
  new ConsiliumClient({ url: graphqlUrl, token, requestsMaximum: 2 * atOnce });

/** A study and the case that it is. */
interface KnownStudy {
  readonly index: number;
  readonly synthetic: SyntheticStudy;
  readonly known: CaseFields;
}

class Demonstration {
  readonly projectId: string;
  readonly #plan: GroundedPlan;
  readonly #options: GroundedOptions;
  readonly #lead: ConsiliumClient;

  constructor(plan: GroundedPlan, options: GroundedOptions, projectId: string) {
    this.projectId = projectId;
    this.#plan = plan;
    this.#options = options;
    this.#lead = clientFor(options, options.leadToken);
  }

  async progress(): Promise<ProjectProgress> {
    return progressOf(this.#lead, this.projectId);
  }

  async run(): Promise<GroundedOutcome> {
    await this.#registerAnnotators();
    const { studies, mixedFrom } = this.#plan;
    await this.#import(0, mixedFrom);
    await this.#excludeUnusable();
    await this.#reviewTranslations({ leavesMisleading: true });
    await this.#readTwice();
    await this.#readFromQueue('reading once more');
    await this.#adjudicate();
    await this.#setGold();
    await this.#import(mixedFrom, studies.length);
    await this.#reviewTranslations({ leavesMisleading: true });
    await this.#readFromQueue('reading with gold among it');
    await this.#adjudicate();
    // A case is final once a translation that adjudicators called unfaithful is right.
    await this.#reviewTranslations({ leavesMisleading: false });
    await this.#reviewReads();
    await this.#finalise();
    const figures = groundedFiguresOf(
      this.#plan,
      { cases: await this.#decided(), gold: await this.#gold() },
      this.#annotatorsById(),
    );
    return { kind: 'done', projectId: this.projectId, figures };
  }

  async #registerAnnotators(): Promise<void> {
    for (const [index, { personId }] of this.#options.annotators.entries()) {
      const commandId = `${this.#plan.commandPrefix}-annotator-${index + 1}`;
      const input = { commandId, projectId: this.projectId, personId };
      const { registerAnnotator: answer } = await this.#lead.request(registerAnnotator, { input });
      if (answer.__typename !== 'AnnotatorRegistered') throw unexpected('Registering an annotator', answer);
      this.#annotatorIds[index] = answer.annotatorId;
      // An annotator is offered cases once the registration shows.
      await this.#lead.request(projectQuery, { id: this.projectId, after: answer.token });
    }
  }

  readonly #annotatorIds: string[] = [];

  #annotatorsById(): ReadonlyMap<string, ScriptedAnnotator> {
    return new Map(
      scriptedAnnotators.flatMap((annotator, index) => {
        const id = this.#annotatorIds[index];
        return id === undefined ? [] : [[id, annotator] as const];
      }),
    );
  }

  /** Of the plan, from one place up to another. */
  async #import(from: number, to: number): Promise<void> {
    const { studies, commandPrefix } = this.#plan;
    for (let first = from; first < to; first += casesPerImport) {
      const batch = studies.slice(first, Math.min(first + casesPerImport, to));
      const cases = batch.map((one, index) => toGroundedCase(one, first + index));
      const input = { commandId: `${commandPrefix}-cases-${first}`, projectId: this.projectId, cases };
      const { importCases: answer } = await this.#lead.request(importCases, { input });
      if (answer.__typename !== 'CasesImported') throw unexpected('Importing studies', answer);
      const failed = answer.rows.find(({ outcome }) => outcome !== 'IMPORTED' && outcome !== 'UNCHANGED');
      if (failed !== undefined) throw new DemonstrationFailed(`A study was not imported: ${failed.outcome}`);
      this.#report('importing studies', first + cases.length, studies.length);
    }
    await this.#until(({ cases }) => cases >= to);
  }

  /** Those that are there, as they are now: corrected sentences have another version, which findings have to name. */
  async #studies(): Promise<readonly KnownStudy[]> {
    const byKey = new Map((await this.#cases()).map((known) => [known.externalKey, known]));
    return this.#plan.studies.flatMap((synthetic, index) => {
      const known = byKey.get(synthetic.study.studyId);
      return known === undefined ? [] : [{ index, synthetic, known }];
    });
  }

  async #excludeUnusable(): Promise<void> {
    const unusable = (await this.#studies())[this.#plan.unusable];
    if (unusable === undefined) throw new DemonstrationFailed('The unusable study is not there');
    const reviewer = clientFor(this.#options, this.#options.reviewerToken);
    const input = {
      commandId: `${this.#plan.commandPrefix}-exclude`,
      caseId: unusable.known.id,
      reason: 'IMAGE_UNUSABLE' as const,
      note: 'Half of the image is black.',
    };
    const { excludeCase: answer } = await reviewer.request(excludeCase, { input });
    if (answer.__typename !== 'CaseFinished') throw unexpected('Excluding a study', answer);
    await this.#until(({ excluded }) => excluded === 1);
  }

  async #reviewTranslations({ leavesMisleading }: { readonly leavesMisleading: boolean }): Promise<void> {
    const studies = await this.#studies();
    await reviewTranslations({
      client: clientFor(this.#options, this.#options.reviewerToken),
      projectId: this.projectId,
      commandPrefix: this.#plan.commandPrefix,
      leavesMisleading,
      studies: new Map(
        studies.map(({ synthetic, known }) => [
          known.id,
          { synthetic, sentenceIds: known.sentences.map(({ id }) => id) },
        ]),
      ),
    });
  }

  /** Each study of the first part by the two that the plan names. */
  async #readTwice(): Promise<void> {
    const { mixedFrom, unusable } = this.#plan;
    const usable = (await this.#studies()).filter(({ index }) => index < mixedFrom && index !== unusable);
    const wanted = 2 * usable.length;
    let done = 0;
    const readOwn = async (annotator: ScriptedAnnotator, place: number): Promise<void> => {
      const own = usable.filter(({ index }) => readersOf(index).includes(annotator));
      const reader = { client: this.#clientOfAnnotator(place), signal: this.#options.signal };
      await sideBySide(own, async (study) => {
        const lease = await claimCase(reader, study.known.id);
        if (lease !== undefined) await answerCase(reader, study.known.id, lease, this.#answerOf(annotator, study));
        this.#report('reading', (done += 1), wanted);
      });
    };
    await Promise.all(scriptedAnnotators.map(readOwn));
    await this.#until(({ readsSubmitted, awaitingConsensus }) => readsSubmitted >= wanted && awaitingConsensus === 0);
  }

  #answerOf(annotator: ScriptedAnnotator, { synthetic, known }: KnownStudy): AnnotationInput {
    return toAnswer(readOf(annotator, synthetic, this.#plan.seed), known);
  }

  /** What the queue gives, one annotator after another, until it gives nothing and nobody is asked any more. */
  async #readFromQueue(stage: GroundedProgress['stage']): Promise<void> {
    let done = 0;
    for (let round = 0; round < roundsMaximum; round += 1) {
      const studies = new Map((await this.#studies()).map((study) => [study.known.id, study]));
      const { reading } = await this.progress();
      for (const [index, annotator] of scriptedAnnotators.entries()) {
        const reader = { client: this.#clientOfAnnotator(index), signal: this.#options.signal };
        let next = await claimFromQueue(reader, this.projectId);
        while (next !== undefined) {
          const study = studies.get(next.caseId);
          if (study === undefined) throw new DemonstrationFailed(`Case ${next.caseId} is none of the demonstration`);
          await answerCase(reader, next.caseId, next.leaseToken, this.#answerOf(annotator, study));
          done += 1;
          this.#report(stage, done, Math.max(done, 2 * reading));
          next = await claimFromQueue(reader, this.projectId);
        }
      }
      const { reading: left } = await this.#until(({ awaitingConsensus }) => awaitingConsensus === 0);
      if (left === 0) return;
    }
    throw new DemonstrationFailed(`Cases are still being read after ${roundsMaximum} rounds`);
  }

  async #adjudicate(): Promise<void> {
    const { adjudicating } = await this.progress();
    await adjudicateAll({
      client: clientFor(this.#options, this.#options.adjudicatorToken),
      projectId: this.projectId,
      studies: new Map((await this.#studies()).map(({ synthetic, known }) => [known.id, synthetic])),
      onDecided: (decided) => this.#report('adjudicating', Math.min(decided, adjudicating), adjudicating),
      signal: this.#options.signal,
    });
    await this.#until((progress) => progress.adjudicating === 0);
  }

  /**
   * Adjudicated cases, whose decision is the truth that answers are held against from now on. An earlier run that came further has set
   * it: other cases are adjudicated by then.
   */
  async #setGold(): Promise<void> {
    if ((await this.progress()).cases > this.#plan.mixedFrom) return;
    const decided = (await this.#cases('ADJUDICATED')).slice(0, goldCasesWanted);
    for (const { id } of decided) {
      const input = { commandId: `${this.#plan.commandPrefix}-gold-${id}`, caseId: id };
      const { setGold: answer } = await this.#lead.request(setGold, { input });
      if (answer.__typename === 'GoldGiven')
        await this.#lead.request(goldCases, { projectId: this.projectId, afterChange: answer.token });
      else if (answer.__typename !== 'NotGold' || answer.why !== 'ALREADY_GOLD')
        throw unexpected('Setting gold', answer);
    }
  }

  async #gold(): Promise<readonly GoldCase[]> {
    const { goldCases: found } = await this.#lead.request(goldCases, { projectId: this.projectId });
    return found.edges.map(({ node }) => node);
  }

  async #reviewReads(): Promise<void> {
    await reviewAll({
      client: clientFor(this.#options, this.#options.reviewerToken),
      projectId: this.projectId,
      studies: new Map((await this.#studies()).map(({ synthetic, known }) => [known.id, synthetic])),
      onReviewed: (done) => this.#report('reviewing', done, done),
      signal: this.#options.signal,
    });
  }

  async #finalise(): Promise<void> {
    const ready = [...(await this.#cases('SETTLED')), ...(await this.#cases('ADJUDICATED'))];
    let done = 0;
    await sideBySide(ready, async ({ id }) => {
      const input = {
        commandId: `${this.#plan.commandPrefix}-final-${id}`,
        caseId: id,
        reason: 'WORK_COMPLETE' as const,
      };
      const { finaliseCase: answer } = await this.#lead.request(finaliseCase, { input });
      if (answer.__typename !== 'CaseFinished') throw unexpected('Finalising a case', answer);
      this.#report('finalising', (done += 1), ready.length);
    });
    await this.#until((progress) => isComplete(progress, this.#plan));
  }

  #clientOfAnnotator(index: number): ConsiliumClient {
    const person = this.#options.annotators[index];
    if (person === undefined) throw new DemonstrationFailed(`Nobody stands for annotator ${index + 1}`);
    return clientFor(this.#options, person.token);
  }

  async #cases(status?: CaseStatus): Promise<readonly CaseFields[]> {
    const variables = { projectId: this.projectId, first: casesPerPage, ...(status && { status }) };
    const pageAfter = async (after: string | null) => {
      const { signal } = this.#options;
      return (await this.#lead.request(casesQuery, { ...variables, after }, { signal })).cases;
    };
    return allNodes(pageAfter);
  }

  async #decided(): Promise<readonly DecidedCase[]> {
    const variables = { projectId: this.projectId, first: casesPerPage };
    const pageAfter = async (after: string | null) =>
      (await this.#lead.request(decidedCases, { ...variables, after })).cases;
    return allNodes(pageAfter);
  }

  async #until(isReached: (progress: ProjectProgress) => boolean): Promise<ProjectProgress> {
    return untilProgress(this.#lead, this.projectId, isReached, this.#options.signal);
  }

  #report(stage: GroundedProgress['stage'], done: number, of: number): void {
    this.#options.onProgress?.({ stage, done, of });
  }
}

/** So many at a time; the first failure ends it, and the others at their next step. */
async function sideBySide<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
