import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  cara,
  lena,
  list,
  makeSecrets,
  type Person,
  personIdOf,
  type SharedSecrets,
  text,
} from '../testing/api-under-test.spec.ts';
import {
  annotation,
  type Claim,
  claim,
  claimOf,
  everythingOfACase,
  mutations,
  sampleProject,
  type SampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { annotatorIdOf, changeCases } from '../testing/assign-cases.spec.ts';
import { commentMutations } from '../testing/comments.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';
import { Socket } from '../testing/socket.spec.ts';

const gold = {
  set: `mutation ($input: SetGoldInput!) { setGold(input: $input) { __typename ... on GoldGiven { truthVersion token }
    ... on NotGold { why } ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  correct: `mutation ($input: CorrectGoldInput!) { correctGold(input: $input) { __typename ... on GoldGiven { truthVersion }
    ... on NotGold { why } ... on StaleRevision { revision } ... on Refusal { message } } }`,
  retire: `mutation ($input: RetireGoldInput!) { retireGold(input: $input) { __typename ... on NotGold { why }
    ... on Refusal { message } } }`,
  cases: `query ($id: ID!, $first: Int, $after: Cursor) { goldCases(projectId: $id, first: $first, after: $after) {
    edges { node { caseId isActive truthVersion
      truths { truthVersion source externalSource note givenBy answer findings { labels statement { es } } regions { x1 } }
      answers { annotatorId revision truthVersion answer findings { statement { es } } } } }
    pageInfo { hasNextPage endCursor } } }`,
} as const;
const external = 'CT of the same day';
const nothing = { answer: 'NOTHING_THERE' };

interface World {
  readonly api: ApiUnderTest;
  readonly sample: SampleProject;
}

/** Gold is drawn for half of the claims; here the share is as the test needs it. */
async function makeWorld(secrets: SharedSecrets, protocol: object, cases: number): Promise<World> {
  const api = await ApiUnderTest.start({ secrets });
  const sample = await sampleProject(api, { readers: [ana, ben, cara], cases, protocol });
  return { api, sample };
}

async function read(api: ApiUnderTest, who: Person, id: string): Promise<void> {
  const held = await claim(api, who, id, `${who.name} claims ${id}`);
  const answer = await api.get(who, mutations.submitAnnotation, {
    input: submission(`${who.name} reads ${id}`, held),
  });
  expect(answer).toMatchObject({ __typename: 'AnnotationSubmitted' });
}

const makeGold = async (api: ApiUnderTest, caseId: string, change: object = {}): Promise<unknown> =>
  api.get(lena, gold.set, {
    input: { commandId: `gold ${caseId}`, caseId, annotation: nothing, externalSource: external, ...change },
  });

describe('a gold case', () => {
  let secrets: SharedSecrets;
  let api: ApiUnderTest;
  let projectId = '';
  let caseIds: readonly string[] = [];

  beforeAll(async () => {
    secrets = await makeSecrets();
    const world = await makeWorld(secrets, { readsPerCase: 1, goldShare: 0.5, amendWindowSeconds: 0 }, 4);
    ({ api } = world);
    ({ projectId, caseIds } = world.sample);
  });

  afterAll(async () => {
    await api.stop();
    await rm(secrets.folder, { recursive: true });
  });

  const goldCases = async (): Promise<readonly unknown[]> => {
    await api.project();
    const { body } = await api.ask(lena, gold.cases, { id: projectId });
    const { edges } = body.data?.['goldCases'] as { edges: readonly { node: unknown }[] };
    return edges.map(({ node }) => node);
  };

  it('is given to those who had no part in it, whatever became of it, and nothing of the case changes', async () => {
    const [id = ''] = caseIds;
    await read(api, ben, id);
    await settle(api, id);
    await api.project();
    expect(await makeGold(api, id, { annotation: nothing })).toMatchObject({
      __typename: 'GoldGiven',
      truthVersion: 1,
    });
    expect(await makeGold(api, id, { commandId: 'again' })).toMatchObject({
      __typename: 'NotGold',
      why: 'ALREADY_GOLD',
    });
    await read(api, ana, id);
    const again = await api.get(ben, mutations.claimCase, { input: { commandId: 'ben again', caseId: id } });
    expect(again).toMatchObject({ __typename: 'AlreadySubmitted' });
    await api.project();
    const seen = await api.get(
      lena,
      'query ($id: ID!) { case(id: $id) { status readsSubmitted annotations { id } } }',
      {
        id,
      },
    );
    expect(seen).toMatchObject({ status: 'SETTLED', readsSubmitted: 1 });
    expect(list(seen, 'annotations')).toHaveLength(1);
    expect(await goldCases()).toMatchObject([
      {
        caseId: id,
        isActive: true,
        truths: [{ source: 'EXTERNAL', externalSource: external, givenBy: personIdOf(lena), answer: 'NOTHING_THERE' }],
        answers: [{ revision: 1, truthVersion: 1, answer: 'FINDINGS', findings: [{ statement: { es: 'Nódulo.' } }] }],
      },
    ]);
  });

  it('keeps its texts from every event, table and answer that is not for them', async () => {
    const rows = await api.owner.query({
      text: `SELECT convert_from(payload_bytes, 'UTF8') AS payload FROM journal.event WHERE type LIKE 'gold%'`,
    });
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toContain(external);
    expect(JSON.stringify(rows)).not.toContain('Nódulo');
  });

  it('takes another truth, with a reason, by whoever knows the one that holds', async () => {
    const [caseId = ''] = caseIds;
    const input = {
      commandId: 'correct',
      caseId,
      truthVersion: 1,
      annotation: nothing,
      externalSource: 'biopsy',
      reasonCode: 'TRUTH_WRONG',
    };
    expect(await api.get(lena, gold.correct, { input })).toMatchObject({ truthVersion: 2 });
    const stale = await api.get(lena, gold.correct, { input: { ...input, commandId: 'too late' } });
    expect(stale).toMatchObject({ __typename: 'StaleRevision', revision: 2 });
    expect(await goldCases()).toMatchObject([{ truthVersion: 2, truths: [{}, { externalSource: 'biopsy' }] }]);
  });

  it('is what a claim of the next case is drawn for, at the share of the protocol, each once', async () => {
    const given: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const claimed = await api.get(cara, mutations.claimNextCase, { input: { commandId: `next ${n}`, projectId } });
      if (claimed['__typename'] !== 'Claimed') break;
      const held = claimOf(claimed);
      given.push(held.caseId);
      await api.get(cara, mutations.submitAnnotation, { input: submission(`done ${n}`, held) });
      await api.project();
    }
    // By chance of its keys the gold one is among them or not; the rest are all there, and none twice.
    expect(new Set(given).size).toBe(given.length);
    expect(given).toEqual(expect.arrayContaining(caseIds.slice(1)));
  });

  it('is for nobody who reads in the project to see, set or list', async () => {
    const [caseId = ''] = caseIds;
    for (const who of [ana, ben]) {
      expect((await api.ask(who, gold.cases, { id: projectId })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      const input = { commandId: 'mine', caseId, annotation: nothing, externalSource: 'I know' };
      expect((await api.ask(who, gold.set, { input })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const history = await api.get(
      ben,
      `query ($id: ID!) { case(id: $id) { annotations { id } history(first: 100) { edges { node { type } } } } }`,
      { id: caseId },
    );
    // Ben has read it and it is settled: he sees all of it but that it is gold.
    expect(JSON.stringify(history)).not.toContain('gold');
    expect(list(history, 'annotations')).toHaveLength(1);
  });

  it('is retired with a reason, and shown then as any case is', async () => {
    const [caseId = ''] = caseIds;
    const look = `query ($id: ID!) { case(id: $id) { status readsSubmitted annotations { id } } }`;
    expect(await api.get(ana, look, { id: caseId })).toMatchObject({ status: 'READING', readsSubmitted: null });
    const socket = await Socket.open(api, ana);
    socket.subscribe('1', `subscription { caseChanged(caseId: "${caseId}") { type resync } }`);
    await socket.settled();
    const input = { commandId: 'retire', caseId, reasonCode: 'KNOWN_TO_ANNOTATORS', note: 'Ben told them.' };
    expect(await api.get(lena, gold.retire, { input })).toMatchObject({ __typename: 'GoldRetired' });
    expect(await api.get(lena, gold.retire, { input: { ...input, commandId: 'twice' } })).toMatchObject({
      why: 'NOT_GOLD',
    });
    await api.project();
    const shown = await api.get(ana, look, { id: caseId });
    expect(shown).toMatchObject({ status: 'SETTLED', readsSubmitted: 1 });
    // Ben's read, and what she said herself.
    expect(list(shown, 'annotations')).toHaveLength(2);
    // Of before either was given there is neither.
    const before = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { annotations { id } } }`;
    const { importedAt } = await api.get(lena, 'query ($id: ID!) { case(id: $id) { importedAt } }', { id: caseId });
    expect(await api.get(ana, before, { id: caseId, asOf: { instant: importedAt } })).toEqual({ annotations: [] });
    await socket.settled();
    expect(JSON.stringify(socket.received)).not.toContain('gold');
    await socket.close();
  });

  it('needs a source for a truth from outside, and a decision for one without', async () => {
    const caseId = caseIds[1] ?? '';
    expect(await makeGold(api, caseId, { externalSource: null })).toMatchObject({
      problems: [{ path: 'externalSource', code: 'MISSING' }],
    });
    expect(await makeGold(api, caseId, { annotation: null, externalSource: null })).toMatchObject({
      problems: [{ path: 'annotation', code: 'MISSING' }],
    });
    const unknown = { answer: 'FINDINGS', findings: [{ labels: ['dragon'], regions: [] }] };
    expect(await makeGold(api, caseId, { annotation: unknown })).toMatchObject({ __typename: 'Invalid' });
  });
});

/**
 * Non-interference: the same case is an open one in one world, and a settled one that is gold in the other. Whoever is given it
 * is told the same bytes, whatever they ask or do, but for instants.
 */
describe('to whoever is given it', () => {
  const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
  const withoutInstants = (given: string): string => given.replaceAll(instants, '<instant>');
  let secrets: SharedSecrets;
  let open: World;
  let known: World;
  const told = new Map<World, string[]>();

  beforeAll(async () => {
    secrets = await makeSecrets();
    const protocol = { readsPerCase: 1, amendWindowSeconds: 600 };
    open = await makeWorld(secrets, protocol, 2);
    known = await makeWorld(secrets, protocol, 2);
    // In both worlds the second is given to ana by name.
    for (const { api, sample } of [open, known]) {
      const annotatorIds = [await annotatorIdOf(api, lena, sample.projectId, ana)];
      const of = { projectId: sample.projectId, kind: 'ASSIGN', caseIds: sample.caseIds.slice(1), annotatorIds };
      expect(await changeCases(api, lena, 'to ana', of)).toMatchObject({ done: 1 });
    }
    expect(await makeGold(known.api, known.sample.caseIds[1] ?? '')).toMatchObject({ __typename: 'GoldGiven' });
    for (const id of known.sample.caseIds.slice(0, 1)) {
      await read(known.api, ben, id);
      await settle(known.api, id);
      await makeGold(known.api, id);
      await known.api.project();
    }
  });

  afterAll(async () => {
    await Promise.all([open.api.stop(), known.api.stop()]);
    await rm(secrets.folder, { recursive: true });
  });

  async function lookAround({ api, sample }: World): Promise<void> {
    await api.project();
    const lines = told.get(sample === open.sample ? open : known) ?? [];
    const ask = async (query: string, variables: object): Promise<void> => {
      const { status, text: answer } = await api.ask(ana, query, variables);
      lines.push(`${status} ${withoutInstants(answer)}`);
    };
    const { projectId, caseIds } = sample;
    for (const id of caseIds) {
      await ask(`query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, { id });
      await ask(
        'query ($id: ID!, $case: ID) { explainQueue(projectId: $id, caseId: $case) { rules { rule passes count limit } } }',
        {
          id: projectId,
          case: id,
        },
      );
      await ask(
        'query ($id: ID!) { case(id: $id) { history(first: 1) { edges { cursor } pageInfo { endCursor hasNextPage } } } }',
        {
          id,
        },
      );
      await ask('query ($id: ID!) { case(id: $id, asOf: { sequence: 10 }) { status } }', { id });
      await ask('query ($id: ID!) { myDraft(caseId: $id) { revision annotation } }', { id });
    }
    await ask(
      `query ($id: ID!) { cases(projectId: $id, first: 2) { edges { cursor node { id status readsWanted annotations { id } } } pageInfo { endCursor } } }`,
      {
        id: projectId,
      },
    );
    await ask('query ($id: ID!) { myQueue(projectId: $id) { available held { caseId leaseToken leaseEndsAt } } }', {
      id: projectId,
    });
    await ask('query ($id: ID!) { project(id: $id) { progress { cases settled readsSubmitted } } }', { id: projectId });
    await ask(gold.cases, { id: projectId });
    told.set(sample === open.sample ? open : known, lines);
  }

  const doAll = async ({ api, sample }: World): Promise<void> => {
    const world = sample === open.sample ? open : known;
    const [id = ''] = sample.caseIds;
    const lines: string[] = [];
    told.set(world, lines);
    const socket = await Socket.open(api, ana);
    socket.subscribe('case', `subscription { caseChanged(caseId: "${id}") { caseId type at resync } }`);
    socket.subscribe(
      'queue',
      `subscription { myQueueChanged(projectId: "${sample.projectId}") { caseId type at resync } }`,
    );
    await socket.settled();
    const say = async (query: string, input: object): Promise<Readonly<Record<string, unknown>>> => {
      const { status, text: answer, body } = await api.ask(ana, query, { input });
      lines.push(`${status} ${withoutInstants(answer)}`);
      await api.project();
      await socket.settled();
      const [only] = Object.values(body.data ?? {});
      return (only ?? {}) as Readonly<Record<string, unknown>>;
    };
    await lookAround(world);
    const first: Claim = claimOf(await say(mutations.claimCase, { commandId: 'one', caseId: id }));
    await lookAround(world);
    await say(mutations.claimCase, { commandId: 'one', caseId: id });
    await say(mutations.renewLease, { caseId: id, leaseToken: first.leaseToken });
    const saving = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename ... on DraftSaved { revision }
      ... on Refusal { message } } }`;
    const { leaseToken } = first;
    const draft = { caseId: id, leaseToken, annotation: annotation(first) };
    await say(saving, { ...draft, revision: 0 });
    await lookAround(world);
    await say(mutations.releaseRead, { commandId: 'back', caseId: id, leaseToken, reason: 'NO_TIME', note: 'later' });
    await say(mutations.releaseRead, { commandId: 'back twice', caseId: id, leaseToken });
    await say(saving, { ...draft, revision: 1 });
    await lookAround(world);
    const second = claimOf(await say(mutations.claimCase, { commandId: 'two', caseId: id }));
    const flag = `mutation ($input: FlagCaseInput!) { flagCase(input: $input) { __typename ... on Refusal { message } } }`;
    await say(flag, { commandId: 'flag', caseId: id, leaseToken: second.leaseToken, reason: 'OTHER', note: 'dim' });
    await say(mutations.submitAnnotation, submission('wrong', second, { annotation: { answer: 'FINDINGS' } }));
    await say(mutations.submitAnnotation, submission('stale', first));
    await say(mutations.submitAnnotation, submission('submit', second, { revision: 3 }));
    const given = await say(mutations.submitAnnotation, submission('submit it', second));
    await lookAround(world);
    await say(mutations.submitAnnotation, submission('submit again', second));
    await say(mutations.claimCase, { commandId: 'three', caseId: id });
    await say(mutations.skipRead, { commandId: 'skip', caseId: id, leaseToken: second.leaseToken, reason: 'OTHER' });
    const amending = `mutation ($input: AmendAnnotationInput!) { amendAnnotation(input: $input) { __typename
      ... on AnnotationAmended { annotationId revision } ... on Refusal { message } } }`;
    const amend = { caseId: id, annotation: annotation(second, '11'), reasonCode: 'WRONG_PLACE', note: 'a pixel' };
    await say(amending, { ...amend, commandId: 'amend', revision: 1 });
    await say(amending, { ...amend, commandId: 'amend again', revision: 1 });
    const mine = await api.get(ana, 'query ($id: ID!) { case(id: $id) { annotations { findings { id } } } }', { id });
    const findingId = text(list(list(mine, 'annotations')[0] ?? {}, 'findings')[0] ?? {}, 'id');
    const opened = await say(commentMutations.openThread, { commandId: 'say', caseId: id, findingId, text: 'or two?' });
    const { threadId, commentId } = opened;
    await say(commentMutations.addComment, { commandId: 'more', caseId: id, threadId, text: 'two' });
    const correction = { commandId: 'better', caseId: id, commentId, revision: 1, text: 'one or two?' };
    await say(commentMutations.correctComment, correction);
    await say(commentMutations.resolveThread, { commandId: 'done', caseId: id, threadId });
    await lookAround(world);
    const past = `query ($id: ID!) { annotationHistory(id: $id) { revision fromSequence eventId eventType actorId reason note
      annotation { id readId annotatorId revision regions { id x1 } findings { statement { es } } } } }`;
    const { text: answer } = await api.ask(ana, past, { id: text(given, 'annotationId') });
    lines.push(withoutInstants(answer));
    const next = claimOf(await say(mutations.claimNextCase, { commandId: 'next', projectId: sample.projectId }));
    expect(next.caseId).toBe(sample.caseIds[1]);
    await say(mutations.submitAnnotation, submission('submit the next', next));
    await lookAround(world);
    // Of each subscription in order; which of two is first is decided by neither.
    for (const name of ['case', 'queue']) {
      const frames = socket.received.filter((frame) => JSON.stringify(frame).includes(`"id":"${name}"`));
      lines.push(withoutInstants(JSON.stringify(frames)));
    }
    await socket.close();
  };

  it('nothing differs from any other case', async () => {
    await doAll(open);
    await doAll(known);
    const [ordinary, asGold] = [told.get(open) ?? [], told.get(known) ?? []];
    expect(ordinary.length).toBeGreaterThan(80);
    expect(asGold).toEqual(ordinary);
    expect(ordinary.join('\n')).toContain('one or two?');
    expect(ordinary.join('\n')).toContain('"ASSIGNED","passes":true,"count":1');
    // But where she asks by name for what her role may not see, in either.
    expect(asGold.filter((line) => !line.startsWith('403')).join('\n')).not.toContain('gold');
    // It was gold indeed.
    const { body } = await known.api.ask(lena, gold.cases, { id: known.sample.projectId });
    expect(JSON.stringify(body)).toContain('"revision":2');
  });
});
