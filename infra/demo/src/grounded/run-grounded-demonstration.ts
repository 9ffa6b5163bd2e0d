import {
  cases as casesQuery,
  ConsiliumClient,
  createProject,
  decidedCases,
  excludeCase,
  finaliseCase,
  importCases,
  project as projectQuery,
  registerAnnotator,
} from '@consilium/client';
import type { CaseFields, CaseStatus, CasesData, DecidedCasesData } from '@consilium/client';
import { answerCase, claimCase } from '../claimed-reads.ts';
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
import type { DecidedCase, GroundedFigures } from './grounded-figures.ts';
import { groundedName, groundedProtocol, planGrounded, readersOf, toGroundedCase } from './grounded-plan.ts';
import type { GroundedPlan } from './grounded-plan.ts';
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
  readonly stage: 'importing studies' | 'reading' | 'reading once more' | 'adjudicating' | 'finalising';
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

/**
 * Made-up bilingual studies go the whole way, through the public API and under the identities of their readers: triage,
 * translations that a reviewer looks at, two reads, a third where it is wanted, an adjudicator, a final answer. What was planted in studies and reads is then compared
 * with what came of it. May be broken off at any point and called again.
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
    await this.#import();
    const imported = await this.#studies();
    await this.#excludeUnusable(imported);
    await this.#reviewTranslations(imported);
    // Corrected sentences have another version, which findings have to name.
    const studies = await this.#studies();
    await this.#readTwice(studies);
    await this.#readOnceMore(studies);
    await this.#adjudicate(studies);
    await this.#finalise();
    const figures = groundedFiguresOf(this.#plan, await this.#decided(), this.#annotatorsById());
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

  async #import(): Promise<void> {
    const { studies, commandPrefix } = this.#plan;
    for (let first = 0; first < studies.length; first += casesPerImport) {
      const cases = studies
        .slice(first, first + casesPerImport)
        .map((one, index) => toGroundedCase(one, first + index));
      const input = { commandId: `${commandPrefix}-cases-${first}`, projectId: this.projectId, cases };
      const { importCases: answer } = await this.#lead.request(importCases, { input });
      if (answer.__typename !== 'CasesImported') throw unexpected('Importing studies', answer);
      const failed = answer.rows.find(({ outcome }) => outcome !== 'IMPORTED' && outcome !== 'UNCHANGED');
      if (failed !== undefined) throw new DemonstrationFailed(`A study was not imported: ${failed.outcome}`);
      this.#report('importing studies', first + cases.length, studies.length);
    }
    await this.#until(({ cases }) => cases >= studies.length);
  }

  async #studies(): Promise<readonly KnownStudy[]> {
    const byKey = new Map((await this.#cases()).map((known) => [known.externalKey, known]));
    return this.#plan.studies.map((synthetic, index) => {
      const known = byKey.get(synthetic.study.studyId);
      if (known === undefined) throw new DemonstrationFailed(`Study ${synthetic.study.studyId} is not there`);
      return { index, synthetic, known };
    });
  }

  async #excludeUnusable(studies: readonly KnownStudy[]): Promise<void> {
    const unusable = studies.at(-1);
    if (unusable === undefined) return;
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

  async #reviewTranslations(studies: readonly KnownStudy[]): Promise<void> {
    await reviewTranslations({
      client: clientFor(this.#options, this.#options.reviewerToken),
      projectId: this.projectId,
      commandPrefix: this.#plan.commandPrefix,
      studies: new Map(
        studies.map(({ synthetic, known }) => [
          known.id,
          { synthetic, sentenceIds: known.sentences.map(({ id }) => id) },
        ]),
      ),
    });
  }

  async #readTwice(studies: readonly KnownStudy[]): Promise<void> {
    const usable = studies.slice(0, -1);
    const wanted = 2 * usable.length;
    let done = 0;
    await this.#asEach(async (annotator, reader) => {
      const own = usable.filter(({ index }) => readersOf(index).includes(annotator));
      await sideBySide(own, async (study) => {
        await this.#readOne(annotator, reader, study);
        this.#report('reading', (done += 1), wanted);
      });
    });
    await this.#until(({ readsSubmitted, awaitingConsensus }) => readsSubmitted >= wanted && awaitingConsensus === 0);
  }

  /** Cases that are read still have been asked another read: the first who has not read them gives it. */
  async #readOnceMore(studies: readonly KnownStudy[]): Promise<void> {
    const open = new Set((await this.#cases('READING')).map(({ id }) => id));
    const asked = studies.filter(({ known }) => open.has(known.id));
    let done = 0;
    await this.#asEach(async (annotator, reader) => {
      const own = asked.filter(({ index }) => thirdReaderOf(index) === annotator);
      await sideBySide(own, async (study) => {
        await this.#readOne(annotator, reader, study);
        this.#report('reading once more', (done += 1), asked.length);
      });
    });
    await this.#until(({ reading, awaitingConsensus }) => reading === 0 && awaitingConsensus === 0);
  }

  async #readOne(annotator: ScriptedAnnotator, client: ConsiliumClient, { synthetic, known }: KnownStudy) {
    const reader = { client, signal: this.#options.signal };
    const lease = await claimCase(reader, known.id);
    if (lease === undefined) return;
    await answerCase(reader, known.id, lease, toAnswer(readOf(annotator, synthetic, this.#plan.seed), known));
  }

  async #adjudicate(studies: readonly KnownStudy[]): Promise<void> {
    const { adjudicating } = await this.progress();
    await adjudicateAll({
      client: clientFor(this.#options, this.#options.adjudicatorToken),
      projectId: this.projectId,
      studies: new Map(studies.map(({ synthetic, known }) => [known.id, synthetic])),
      onDecided: (decided) => this.#report('adjudicating', Math.min(decided, adjudicating), adjudicating),
      signal: this.#options.signal,
    });
    await this.#until((progress) => progress.adjudicating === 0);
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

  async #asEach(work: (annotator: ScriptedAnnotator, client: ConsiliumClient) => Promise<void>): Promise<void> {
    await Promise.all(
      scriptedAnnotators.map(async (annotator, index) => {
        const person = this.#options.annotators[index];
        if (person === undefined) throw new DemonstrationFailed(`Nobody stands for ${annotator.key}`);
        await work(annotator, clientFor(this.#options, person.token));
      }),
    );
  }

  async #cases(status?: CaseStatus): Promise<readonly CaseFields[]> {
    const found: CaseFields[] = [];
    for (let after: string | null = null, more = true; more;) {
      const variables = { projectId: this.projectId, first: casesPerPage, after, ...(status && { status }) };
      const page: CasesData = await this.#lead.request(casesQuery, variables, { signal: this.#options.signal });
      found.push(...page.cases.edges.map(({ node }) => node));
      ({ hasNextPage: more, endCursor: after } = page.cases.pageInfo);
    }
    return found;
  }

  async #decided(): Promise<readonly DecidedCase[]> {
    const found: DecidedCase[] = [];
    for (let after: string | null = null, more = true; more;) {
      const variables = { projectId: this.projectId, first: casesPerPage, after };
      const page: DecidedCasesData = await this.#lead.request(decidedCases, variables);
      found.push(...page.cases.edges.map(({ node }) => node));
      ({ hasNextPage: more, endCursor: after } = page.cases.pageInfo);
    }
    return found;
  }

  async #until(isReached: (progress: ProjectProgress) => boolean): Promise<ProjectProgress> {
    return untilProgress(this.#lead, this.projectId, isReached, this.#options.signal);
  }

  #report(stage: GroundedProgress['stage'], done: number, of: number): void {
    this.#options.onProgress?.({ stage, done, of });
  }
}

const thirdReaderOf = (index: number): ScriptedAnnotator | undefined =>
  scriptedAnnotators.find((annotator) => !readersOf(index).includes(annotator));

/** So many at a time; the first failure ends it, and the others at their next step. */
async function sideBySide<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
