import {
  ConsiliumClient,
  cases as casesQuery,
  createProject,
  project as projectQuery,
  registerAnnotator,
  wholeCases,
} from '@consilium/client';
import { allNodes } from './all-nodes.ts';
import { DemonstrationFailed, unexpected } from './demonstration-failed.ts';
import { figuresOf, toReadCase } from './demonstration-figures.ts';
import type { DemonstrationFigures } from './demonstration-figures.ts';
import {
  demonstrationGate,
  demonstrationName,
  demonstrationProtocol,
  planDemonstration,
  readsAtOnce,
} from './demonstration-plan.ts';
import type { DemonstrationPlan } from './demonstration-plan.ts';
import type { DemonstrationResult, EventCounts } from './demonstration-table.ts';
import { expectedOfInput, wholeExpected } from './expected-figures.ts';
import { importLidcCases } from './import-lidc-cases.ts';
import { lidcNotes } from './lidc-cases.ts';
import type { LidcCase } from './lidc-cases.ts';
import { isComplete, progressOf, untilProgress, withConsensus } from './project-progress.ts';
import type { ProjectProgress } from './project-progress.ts';
import { readAllAccounts } from './read-all-accounts.ts';
import type { KnownCase } from './read-as-account.ts';

export interface DemonstrationAnnotator {
  readonly personId: string;
  readonly token: string;
}

export interface DemonstrationOptions {
  readonly graphqlUrl: string;
  readonly leadToken: string;
  readonly auditorToken: string;
  readonly annotators: readonly [
    DemonstrationAnnotator,
    DemonstrationAnnotator,
    DemonstrationAnnotator,
    DemonstrationAnnotator,
  ];
  /** The first so many cases. @default all */
  readonly limit?: number;
  readonly onProgress?: (progress: DemonstrationProgress) => void;
  /** Called once everything shows. */
  readonly countEvents?: () => Promise<EventCounts>;
  readonly signal?: AbortSignal;
}

export interface DemonstrationProgress {
  readonly stage: 'importing cases' | 'reading' | 'waiting for consensus' | 'reading back';
  readonly done: number;
  readonly of: number;
}

export type DemonstrationOutcome =
  /** An earlier run did it all; nothing was changed. */
  | { readonly kind: 'thereAlready'; readonly projectId: string; readonly cases: number; readonly annotations: number }
  | ({ readonly kind: 'done'; readonly projectId: string } & DemonstrationResult);

const casesPerPage = 50;

/**
 * Lets LIDC's reads in through the public API and gives the figures as they are read back from it. May be broken off at
 * any point and called again: commands have ids of their own, and what is there is not done twice.
 * @throws DemonstrationFailed; the client's errors; the reason of `signal`
 */
export async function runDemonstration(options: DemonstrationOptions): Promise<DemonstrationOutcome> {
  const plan = planDemonstration(options.limit);
  const lead = clientFor(options, options.leadToken);
  const projectId = await ensureProject(lead, plan);
  const before = await progressOf(lead, projectId);
  if (isComplete(before, plan)) {
    return { kind: 'thereAlready', projectId, cases: before.cases, annotations: before.readsSubmitted };
  }
  await registerAnnotators(lead, plan, projectId, options);
  const startedMs = performance.now();
  const caseIds = await importLidcCases({
    lead,
    plan,
    projectId,
    onImported: (cases) => report(options, 'importing cases', cases, plan.cases.length),
    signal: options.signal,
  });
  await untilProgress(lead, projectId, ({ cases }) => cases >= plan.cases.length, options.signal);
  await readAllAccounts({
    lead,
    plan,
    projectId,
    cases: await knownCases(lead, projectId, caseIds),
    annotators: options.annotators.map(({ token }) => clientFor(options, token)),
    onSubmitted: (submitted, wanted) => report(options, 'reading', submitted, wanted),
    signal: options.signal,
  });
  const recorded = (progress: ProjectProgress): boolean => {
    report(options, 'waiting for consensus', withConsensus(progress), plan.cases.length);
    return isComplete(progress, plan);
  };
  await untilProgress(lead, projectId, recorded, options.signal);
  const durationMs = before.cases === 0 ? performance.now() - startedMs : undefined;
  const events = await options.countEvents?.();
  return {
    kind: 'done',
    projectId,
    figures: await readBack(projectId, plan, options),
    expected: options.limit === undefined ? wholeExpected : expectedOfInput(plan.cases),
    events,
    durationMs,
    leftOut: {
      moreThanFourMarks: plan.leftOut.moreThanFourMarks.length,
      markNotOnSlice: plan.leftOut.markNotOnSlice.length,
    },
    seed: plan.seed,
    gate: demonstrationGate,
    notes: lidcNotes,
  };
}

async function ensureProject(lead: ConsiliumClient, plan: DemonstrationPlan): Promise<string> {
  const input = {
    commandId: `${plan.commandPrefix}-project`,
    name: demonstrationName,
    protocol: demonstrationProtocol,
  };
  const { createProject: answer } = await lead.request(createProject, { input });
  if (answer.__typename !== 'ProjectCreated') throw unexpected('Creating the project', answer);
  const { project } = await lead.request(projectQuery, { id: answer.projectId, after: answer.token });
  if (project === null) throw new DemonstrationFailed('The project was created and is not there');
  return answer.projectId;
}

async function registerAnnotators(
  lead: ConsiliumClient,
  plan: DemonstrationPlan,
  projectId: string,
  { annotators }: DemonstrationOptions,
): Promise<void> {
  for (const [index, { personId }] of annotators.entries()) {
    const input = { commandId: `${plan.commandPrefix}-annotator-${index + 1}`, projectId, personId };
    const { registerAnnotator: answer } = await lead.request(registerAnnotator, { input });
    if (answer.__typename !== 'AnnotatorRegistered') throw unexpected('Registering an annotator', answer);
    // An annotator is offered cases once the registration shows.
    await lead.request(projectQuery, { id: projectId, after: answer.token });
  }
}

/** Images get their ids at the import; the lead reads them once, rather than each account with every claim. */
async function knownCases(
  lead: ConsiliumClient,
  projectId: string,
  byId: ReadonlyMap<string, LidcCase>,
): Promise<ReadonlyMap<string, KnownCase>> {
  const known = new Map<string, KnownCase>();
  const pageAfter = async (after: string | null) =>
    (await lead.request(casesQuery, { projectId, first: casesPerPage, after })).cases;
  for (const { id, images } of await allNodes(pageAfter)) {
    const [lidcCase, image] = [byId.get(id), images[0]];
    if (lidcCase === undefined || image === undefined) {
      throw new DemonstrationFailed(`Case ${id} is none of the demonstration`);
    }
    known.set(id, { lidcCase, imageId: image.id });
  }
  return known;
}

async function readBack(
  projectId: string,
  plan: DemonstrationPlan,
  options: DemonstrationOptions,
): Promise<DemonstrationFigures> {
  const auditor = clientFor(options, options.auditorToken);
  const pageAfter = async (after: string | null) => {
    options.signal?.throwIfAborted();
    return (await auditor.request(wholeCases, { projectId, first: casesPerPage, after })).cases;
  };
  const onPage = (known: number): void => report(options, 'reading back', known, plan.cases.length);
  const cases = (await allNodes(pageAfter, onPage)).map((node) => toReadCase(node));
  return figuresOf(cases, demonstrationGate);
}

function clientFor({ graphqlUrl }: DemonstrationOptions, token: string): ConsiliumClient {
  return new ConsiliumClient({ url: graphqlUrl, token, requestsMaximum: 2 * readsAtOnce });
}

function report(
  { onProgress }: DemonstrationOptions,
  stage: DemonstrationProgress['stage'],
  done: number,
  of: number,
): void {
  onProgress?.({ stage, done, of });
}
