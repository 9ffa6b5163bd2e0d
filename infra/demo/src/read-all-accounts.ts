import { setTimeout as pause } from 'node:timers/promises';
import type { ConsiliumClient } from '@consilium/client';
import { demonstrationAccounts } from './demonstration-plan.ts';
import type { DemonstrationPlan } from './demonstration-plan.ts';
import { progressOf } from './project-progress.ts';
import { readAsAccount } from './read-as-account.ts';
import type { KnownCase } from './read-as-account.ts';

export interface ReadingOptions {
  readonly lead: ConsiliumClient;
  readonly plan: DemonstrationPlan;
  readonly projectId: string;
  readonly cases: ReadonlyMap<string, KnownCase>;
  /** Of the accounts, in their order. */
  readonly annotators: readonly ConsiliumClient[];
  readonly onSubmitted: (submitted: number, wanted: number) => void;
  readonly signal: AbortSignal | undefined;
}

const rounds = 5;
const viewPolls = 20;
const viewPollMs = 250;

/**
 * All accounts side by side, until every read shows. The queue is a view: it may be a moment behind and say that it is
 * empty, so what is missing at the end is asked for once more.
 */
export async function readAllAccounts(options: ReadingOptions): Promise<void> {
  const wanted = options.plan.cases.length * demonstrationAccounts.length;
  let submitted = (await progressOf(options.lead, options.projectId)).readsSubmitted;
  for (let round = 0; round < rounds && submitted < wanted; round += 1) {
    await readOnce(options, () => {
      submitted += 1;
      options.onSubmitted(Math.min(submitted, wanted), wanted);
    });
    submitted = await submittedInView(options, wanted);
  }
}

async function readOnce(options: ReadingOptions, onSubmitted: () => void): Promise<void> {
  const { projectId, cases, annotators } = options;
  const abort = new AbortController();
  const signal = options.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal]);
  const accounts = annotators.map(async (client, index) => {
    try {
      const account = demonstrationAccounts[index] ?? '';
      const own = beginningAt(cases, (index * cases.size) / annotators.length);
      await readAsAccount({ client, account, projectId, cases: own, signal, onSubmitted });
    } catch (error) {
      // The others need not go on: another run takes up what is left. The first failure is the one to tell.
      abort.abort(error);
    }
  });
  await Promise.all(accounts);
  signal.throwIfAborted();
}

async function submittedInView({ lead, projectId, signal }: ReadingOptions, wanted: number): Promise<number> {
  let submitted = 0;
  for (let poll = 0; poll < viewPolls && submitted < wanted; poll += 1) {
    signal?.throwIfAborted();
    submitted = (await progressOf(lead, projectId)).readsSubmitted;
    if (submitted < wanted) await pause(viewPollMs);
  }
  return submitted;
}

/** Each account begins somewhere else, so that the four do not stand in each other's way at every case. */
function beginningAt(cases: ReadonlyMap<string, KnownCase>, place: number): ReadonlyMap<string, KnownCase> {
  const all = [...cases];
  return new Map([...all.slice(place), ...all.slice(0, place)]);
}
