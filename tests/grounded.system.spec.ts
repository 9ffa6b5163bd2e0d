import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsiliumClient, projectAnnotators, scorecards } from '@consilium/client';
import { groundedTable, runGroundedDemonstration } from '@consilium/demo';
import type { GroundedOptions, GroundedOutcome } from '@consilium/demo';
import { Database } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { chainProblems, readHistory } from './harness/history-problems.ts';
import { readKafka } from './harness/kafka-history.ts';
import { waitUntilDrained } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { compareWithRebuild, viewProblems } from './harness/view-problems.ts';

const studies = 36;

/** Made-up bilingual studies go the whole way of the workflow, as `npm start` shows it. */
describe('grounded reports', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let options: GroundedOptions;
  let outcome: GroundedOutcome;

  beforeAll(async () => {
    system = await startSystem(serversOfRun());
    endings.add(() => system.stop());
    const abort = new AbortController();
    options = {
      graphqlUrl: `${system.api.url}/graphql`,
      leadToken: system.person('lead').token,
      reviewerToken: system.person('reviewer').token,
      adjudicatorToken: system.person('adjudicator').token,
      annotators: [1, 2, 3, 4].map((number) => system.person(`annotator-${String(number)}`)),
      studies,
      signal: abort.signal,
    };
    outcome = await runGroundedDemonstration(options);
  });

  afterAll(() => endings.run());

  it('end finally, all but the one that is excluded, and as many reads as were asked for', () => {
    if (outcome.kind !== 'done') throw new Error('nothing was done');
    const { cases, excluded, reads, readOnceMore, adjudicated } = outcome.figures;
    expect({ cases, excluded, reads }).toEqual({
      cases: studies,
      excluded: 1,
      reads: 2 * (studies - 1) + readOnceMore,
    });
    expect(readOnceMore).toBeGreaterThan(0);
    expect(adjudicated).toBeGreaterThan(0);
  });

  it('show each planted disagreement about polarity, side and label, and most of the others', () => {
    if (outcome.kind !== 'done') throw new Error('nothing was done');
    const kinds = Object.fromEntries(outcome.figures.kinds.map((each) => [each.kind, each]));
    for (const kind of ['polarity', 'laterality', 'label'] as const) {
      expect({ kind, missed: (kinds[kind]?.planted ?? 0) - (kinds[kind]?.recovered ?? 0) }).toEqual({
        kind,
        missed: 0,
      });
    }
    const [planted, recovered] = outcome.figures.kinds.reduce(
      ([all, found], each) => [all + each.planted, found + each.recovered],
      [0, 0],
    );
    expect(planted).toBeGreaterThan(20);
    expect(recovered / planted).toBeGreaterThan(0.6);
  });

  it('have reads reviewed, and annotators answer cases whose answer is known', () => {
    if (outcome.kind !== 'done') throw new Error('nothing was done');
    const { reviews, goldCases, goldAnswers } = outcome.figures;
    expect(Object.keys(reviews).length).toBeGreaterThan(0);
    expect(reviews).not.toHaveProperty('OPEN');
    expect(goldCases).toBeGreaterThan(0);
    expect(goldAnswers).toBeGreaterThan(0);
  });

  it('have wrong translations corrected, some of them after an adjudicator called them so', () => {
    if (outcome.kind !== 'done') throw new Error('nothing was done');
    const { planted, corrected, adjudicated } = outcome.figures.translations;
    expect(planted).toBeGreaterThan(0);
    expect(corrected).toBe(planted);
    expect(adjudicated).toBeGreaterThan(0);
  });

  it('have final boxes nearer to the planted ones than those of the least skilled reader', () => {
    if (outcome.kind !== 'done') throw new Error('nothing was done');
    const { annotators, settledBoxes, adjudicatedBoxes } = outcome.figures;
    const last = annotators.at(-1)?.boxes;
    const final = {
      matched: settledBoxes.matched + adjudicatedBoxes.matched,
      planted: settledBoxes.planted + adjudicatedBoxes.planted,
    };
    if (last === undefined) throw new Error('nobody has read');
    expect(final.matched / final.planted).toBeGreaterThan(last.matched / last.planted);
    expect(groundedTable(outcome.figures).every((line) => line.length <= 100)).toBe(true);
  });

  it('score every answer whose truth is known, so that who slips more often shows', async () => {
    if (outcome.kind !== 'done') throw new Error('nothing was done');
    const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 1 });
    endings.add(() => database.close());
    await waitUntilDrained(database);
    const client = new ConsiliumClient({ url: options.graphqlUrl, token: options.leadToken });
    const { scorecards: told } = await client.request(scorecards, { projectId: outcome.projectId });
    expect(told.withheld).toBeNull();
    expect(told.annotators).toHaveLength(4);
    expect(told.annotators.reduce((sum, { answers }) => sum + answers, 0)).toBe(told.answers);
    const [all] = told.pooled;
    expect(all?.gold).toBeGreaterThan(0);
    expect(all?.adjudicated).toBeGreaterThan(all?.gold ?? 0);
    // By the order in which they were registered, which is that of their planted skill.
    const { project } = await client.request(projectAnnotators, { id: outcome.projectId });
    const accuracies = (project?.annotators ?? []).map(
      ({ id }) => told.annotators.find(({ annotatorId }) => annotatorId === id)?.performance[0]?.accuracy.value ?? 0,
    );
    expect(Math.max(...accuracies)).toBeLessThan(1);
    expect(accuracies[0]).toBeGreaterThan(accuracies[3] ?? 1);
  });

  it('are found done by a second run, which changes nothing', async () => {
    expect(await runGroundedDemonstration(options)).toEqual({
      kind: 'thereAlready',
      projectId: outcome.projectId,
      cases: studies,
    });
  });

  it('leave a history whose chains, numbers and views hold, and that a rebuild gives again', async () => {
    const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    await waitUntilDrained(database);
    const records = await readKafka(serversOfRun().kafkaBrokers, system.topicPrefix);
    expect(chainProblems(readHistory(records).events)).toEqual([]);
    expect(await viewProblems(database)).toEqual([]);
    const { live, rebuilt } = await compareWithRebuild(system.databaseUrl, records);
    expect(rebuilt).toEqual(live);
  });
});
