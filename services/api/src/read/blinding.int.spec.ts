import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseId } from '@consilium/domain';
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
  everythingOfACase,
  movePreview,
  mutations,
  sampleCase,
  sampleProject,
  type SampleProject,
  submission,
  undoPreview,
} from '../testing/sample-project.spec.ts';
import { annotatorIdOf, changeCases } from '../testing/assign-cases.spec.ts';
import { commentMutations, say, textsShown } from '../testing/comments.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';
import { Socket } from '../testing/socket.spec.ts';

/**
 * Non-interference: two worlds that differ only in what other people do give a blinded annotator the same bytes. Both run on
 * the same keys, tokens and command ids; only instants, which pass differently in each, are put aside.
 */
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const withoutInstants = (text: string): string => text.replaceAll(instants, '<instant>');

interface World {
  readonly api: ApiUnderTest;
  readonly sample: SampleProject;
}

/** Ids of threads, the same in both worlds: of ana in both, of rita in the busy one alone. */
const threads: Record<'ana' | 'rita', unknown> = { ana: undefined, rita: undefined };
const others = 'What others say of it.';

let secrets: SharedSecrets;
let quiet: World;
let busy: World;

async function makeWorld(): Promise<World> {
  const api = await ApiUnderTest.start({ secrets });
  const sample = await sampleProject(api, { readers: [ana, ben, cara, lena], cases: 4 });
  return { api, sample };
}

beforeAll(async () => {
  secrets = await makeSecrets();
  quiet = await makeWorld();
  busy = await makeWorld();
});

afterAll(async () => {
  await Promise.all([quiet.api.stop(), busy.api.stop()]);
  await rm(secrets.folder, { recursive: true });
});

/** Everything that ana can ask, as one text. */
async function lookAround({ api, sample }: World): Promise<string> {
  const answers: string[] = [];
  const ask = async (query: string, variables: object): Promise<void> => {
    const { status, text } = await api.ask(ana, query, variables);
    answers.push(`${status} ${withoutInstants(text)}`);
  };
  const { projectId } = sample;
  for (const id of sample.caseIds) {
    await ask(`query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, { id });
    await ask(
      'query ($id: ID!) { case(id: $id) { history(first: 1) { edges { cursor } pageInfo { endCursor hasNextPage } } } }',
      {
        id,
      },
    );
  }
  await ask(
    `query ($id: ID!) { cases(projectId: $id, first: 2) { edges { cursor node { ${everythingOfACase} } } pageInfo { hasNextPage endCursor } } }`,
    { id: projectId },
  );
  await ask('query ($id: ID!) { cases(projectId: $id, status: SETTLED) { edges { node { id } } } }', { id: projectId });
  await ask('query ($id: ID!) { myQueue(projectId: $id) { available held { caseId leaseToken leaseEndsAt } } }', {
    id: projectId,
  });
  await ask(
    'query ($id: ID!) { project(id: $id) { id name protocolVersion createdAt progress { cases settled readsSubmitted } } }',
    { id: projectId },
  );
  // The past tells no more than the present: not by what it shows, nor by how far it goes.
  const past = 'query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { status answeredFrom { sequence } } }';
  for (const asOf of [{ sequence: 20 }, { sequence: 30 }, { checkpoint: 1 }, { instant: new Date().toISOString() }]) {
    for (const id of sample.caseIds) await ask(past, { id, asOf });
    await ask('query ($id: ID!, $asOf: AsOf) { cases(projectId: $id, asOf: $asOf) { edges { node { status } } } }', {
      id: projectId,
      asOf,
    });
    await ask(
      'query ($id: ID!, $asOf: AsOf) { project(id: $id, asOf: $asOf) { protocolVersion progress { settled } answeredFrom { sequence } } }',
      { id: projectId, asOf },
    );
    await ask('query ($asOf: AsOf) { projects(asOf: $asOf) { edges { node { id } } answeredFrom { sequence } } }', {
      asOf,
    });
  }
  await ask('query ($id: ID!) { eventProof(eventId: $id) { __typename } }', { id: projectId });
  await ask('{ changes { cursor } }', {});
  // Without cursors: they hold the instant of the project's creation, which was before anybody read.
  await ask('{ projects { edges { node { id progress { cases } } } } }', {});
  return answers.join('\n');
}

async function read(api: ApiUnderTest, person: Person, caseId: string, time = ''): Promise<void> {
  const held = await claim(api, person, caseId, `claim ${person.name} ${caseId}${time}`);
  const input = submission(`submit ${person.name} ${caseId}${time}`, held, { annotation: annotation(held, '33') });
  expect(await api.get(person, mutations.submitAnnotation, { input })).toMatchObject({
    __typename: 'AnnotationSubmitted',
  });
}

/** All reads of a case that count are asked to be reviewed, and are, with this outcome. */
async function reviewed(api: ApiUnderTest, caseId: string, outcome: string): Promise<void> {
  const shown = await api.get(ada, 'query ($id: ID!) { case(id: $id) { annotations { id readId } } }', { id: caseId });
  for (const { id: annotationId, readId } of list(shown, 'annotations')) {
    const asked = { commandId: `ask ${String(readId)}`, caseId, readId, reason: 'ERROR_FOUND' };
    await api.get(ada, 'mutation ($input: RequestReviewInput!) { requestReview(input: $input) { __typename } }', {
      input: asked,
    });
    const claimed = await api.get(
      rita,
      'mutation ($input: ClaimReviewInput!) { claimReview(input: $input) { ... on ReviewClaimed { leaseToken } } }',
      { input: { commandId: `review ${String(readId)}`, caseId } },
    );
    const leaseToken = text(claimed, 'leaseToken');
    const input = { commandId: `record ${String(readId)}`, caseId, leaseToken, annotationId, outcome, reason: 'OTHER' };
    const recorded = await api.get(
      rita,
      'mutation ($input: RecordReviewInput!) { recordReview(input: $input) { __typename } }',
      { input: { ...input, note: 'Not as others say.' } },
    );
    expect(recorded).toEqual({ __typename: 'ReviewRecorded' });
  }
}

/** Others talk of two of the cases, in ana's thread too, and resolve it. */
async function talk(): Promise<void> {
  const { api } = busy;
  const [hers, another] = [caseOf(busy, 0), caseOf(busy, 1)];
  const about = { caseId: hers, text: others };
  threads.rita = (await say(api, rita, 'openThread', { ...about, commandId: 'rita opens' }))['threadId'];
  for (const person of [ben, ada]) {
    await say(api, person, 'openThread', { caseId: another, text: others, commandId: `${person.name} opens` });
  }
  // Ben is blinded for it: ana's thread is not there for him.
  const answers = [ben, ada].map(async (person) =>
    say(api, person, 'addComment', { ...about, threadId: threads.ana, commandId: `${person.name} answers` }),
  );
  expect((await Promise.all(answers)).map(({ __typename }) => __typename)).toEqual(['CommentRefused', 'CommentAdded']);
  const turned = { caseId: hers, threadId: threads.ana, commandId: 'ada resolves' };
  expect(await say(api, ada, 'resolveThread', turned)).toMatchObject({ __typename: 'ThreadTurned' });
}

const caseOf = ({ sample }: World, index: number): CaseId => (sample.caseIds[index] ?? '') as CaseId;

const both = async <Value>(work: (world: World) => Promise<Value>): Promise<readonly [Value, Value]> => [
  await work(quiet),
  await work(busy),
];

describe('a blinded annotator', () => {
  it('sees the same before and after others have read', async () => {
    expect(quiet.sample).toEqual(busy.sample);
    for (const { api } of [quiet, busy]) {
      const said = { commandId: 'ana says', caseId: caseOf(quiet, 0), text: 'What ana asks.' };
      const { threadId } = await say(api, ana, 'openThread', said);
      threads.ana = threadId;
    }
    await both(async ({ api }) => api.project());
    const [ofQuiet] = await both(lookAround);
    // One case is read by two, one by all but ana and settled, one is claimed and given back.
    await read(busy.api, ben, caseOf(busy, 0));
    await read(busy.api, cara, caseOf(busy, 0));
    const [reader1, reader2, reader3] = [ben, cara, lenaAsAnnotator];
    for (const reader of [reader1, reader2, reader3]) await read(busy.api, reader, caseOf(busy, 1));
    const given = await claim(busy.api, ben, caseOf(busy, 2), 'to give back');
    const { caseId, leaseToken } = given;
    await busy.api.get(ben, mutations.releaseRead, { input: { commandId: 'give back', caseId, leaseToken } });
    await settle(busy.api, caseOf(busy, 1));
    await busy.api.project();
    await reviewed(busy.api, caseOf(busy, 0), 'REJECTED_TO_SAME');
    await reviewed(busy.api, caseOf(busy, 1), 'ACCEPTED');
    await read(busy.api, ben, caseOf(busy, 0), 'again');
    await read(busy.api, cara, caseOf(busy, 0), 'again');
    await talk();
    // Another is given to somebody by name.
    const annotatorId = await annotatorIdOf(busy.api, ada, busy.sample.projectId, cara);
    const toCara = {
      projectId: busy.sample.projectId,
      kind: 'ASSIGN',
      caseIds: [caseOf(busy, 2)],
      annotatorIds: [annotatorId],
    };
    expect(await changeCases(busy.api, ada, 'to cara', toCara)).toMatchObject({ done: 1 });
    await both(async ({ api }) => api.project());
    const [, ofBusy] = await both(lookAround);
    expect(ofBusy).toBe(ofQuiet);
    expect(ofQuiet).toContain('What ana asks.');
    // The probe is worth something: whoever is not blinded sees the difference.
    const [one, other] = await both(async ({ api }) => {
      const answer = await api.ask(auditor, `query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, {
        id: caseOf(quiet, 1),
      });
      return withoutInstants(answer.text);
    });
    expect(other).not.toBe(one);
    expect(other).toContain('"SETTLED"');
  });

  it('works through claims, refusals and a submission with the same answers and frames', async () => {
    const [ofQuiet, ofBusy] = await both(async (world) => {
      const { api } = world;
      const caseId = caseOf(world, 0);
      const socket = await Socket.open(api, ana);
      socket.subscribe('1', `subscription { caseChanged(caseId: "${caseId}") { caseId type at resync } }`);
      await socket.settled();
      const answers: string[] = [];
      const run = async (query: string, input: object): Promise<void> => {
        answers.push(withoutInstants((await api.ask(ana, query, { input })).text));
      };
      const held: Claim = await claim(api, ana, caseId, 'ana claims');
      await run(mutations.claimCase, { commandId: 'ana claims', caseId });
      await run(mutations.submitAnnotation, submission('wrong', held, { leaseToken: caseId }));
      await run(mutations.submitAnnotation, submission('stale revision', held, { revision: 3 }));
      // Somebody else is at it at the same time, in one of the worlds.
      if (world === busy) {
        const again = await claim(api, lenaAsAnnotator, caseOf(world, 3), 'elsewhere');
        await api.get(lenaAsAnnotator, mutations.submitAnnotation, { input: submission('elsewhere 2', again) });
        await say(api, rita, 'openThread', { commandId: 'rita, meanwhile', caseId, text: others });
      }
      // Threads of others are not there for her, and her own goes on as if they had said nothing.
      for (const [who, thread] of Object.entries(threads)) {
        const of = { caseId, threadId: thread };
        await run(commentMutations.addComment, { ...of, commandId: `ana adds to ${who}`, text: 'And this.' });
        await run(commentMutations.resolveThread, { ...of, commandId: `ana resolves ${who}` });
      }
      await run(mutations.submitAnnotation, submission('ana submits', held));
      await run(mutations.submitAnnotation, submission('ana submits', held));
      await run(mutations.submitAnnotation, submission('ana submits twice', held));
      await api.project();
      await socket.frames(3);
      answers.push(withoutInstants(JSON.stringify(socket.received)));
      await socket.close();
      answers.push(await lookAround(world));
      return answers.join('\n');
    });
    expect(ofBusy).toBe(ofQuiet);
    expect(ofQuiet).toContain('annotationSubmitted');
    expect(ofQuiet).toContain('THREAD_UNKNOWN');
    expect(ofQuiet).not.toContain(others);
  });

  it('sees all once their own read is submitted and the case is settled', async () => {
    // In the busy world ana was the third of three.
    const caseId = caseOf(busy, 0);
    const socket = await Socket.open(busy.api, ana);
    socket.subscribe('1', `subscription { caseChanged(caseId: "${caseId}") { type } }`);
    await socket.settled();
    await settle(busy.api, caseId);
    await busy.api.project();
    await socket.frames(1);
    expect(socket.received).toMatchObject([{ payload: { data: { caseChanged: { type: 'consensusReached' } } } }]);
    await socket.close();
    const query =
      'query ($id: ID!) { case(id: $id) { status readsSubmitted annotations { id } history { edges { node { type version } } } } }';
    const shown = await busy.api.get(ana, query, { id: caseId });
    expect(await textsShown(busy.api, ana, caseId)).toEqual(['What ana asks.', others, 'And this.', others, others]);
    expect(shown).toMatchObject({ status: 'SETTLED', readsSubmitted: 3 });
    expect(shown['annotations']).toHaveLength(3);
  });

  it('is blinded whatever role their token has', async () => {
    const asReviewer: Person = { name: 'ana', role: 'reviewer' };
    expect(personIdOf(asReviewer)).toBe(personIdOf(ana));
    const shown = await busy.api.get(
      asReviewer,
      'query ($id: ID!) { case(id: $id) { status annotations { id } consensus { id } } }',
      {
        id: caseOf(busy, 1),
      },
    );
    expect(shown).toEqual({ status: 'READING', annotations: [], consensus: null });
    expect(await busy.api.get(asReviewer, '{ changes { changes { type } } }')).toEqual({ changes: [] });
  });

  it('learns that cases were moved to another version of the protocol, and nothing of others by it', async () => {
    const [ofQuiet, ofBusy] = await both(async (world) => {
      const { api, sample } = world;
      const [given, readByOther] = [caseOf(world, 2), caseOf(world, 3)];
      const { projectId } = sample;
      if (world === busy) await claim(api, ben, given, 'ben holds it');
      await claim(api, ana, given, 'ana holds it, too');
      // In the busy world one read is there already, and this version wants no more.
      const adopt = { commandId: 'one read', projectId, protocol: { readsPerCase: 1, labels: [{ term: 'nodule' }] } };
      await api.get(ada, mutations.adoptProtocol, { input: adopt });
      await api.project();
      const of = { projectId, protocolVersion: 2, caseIds: [given, readByOther] };
      const previewToken = text(await api.get(ada, movePreview, { input: of }), 'token');
      const moved = await api.get(ada, mutations.moveProtocol, { input: { commandId: 'move', of, previewToken } });
      expect(moved).toMatchObject({ __typename: 'ProtocolMoved', done: 2 });
      await api.project();
      const answers: string[] = [];
      for (const id of [given, readByOther]) {
        const answer = await api.ask(ana, `query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, { id });
        answers.push(withoutInstants(answer.text));
      }
      return answers.join('\n');
    });
    expect(ofBusy).toBe(ofQuiet);
    expect(ofQuiet).toContain('caseProtocolMoved');
    expect(ofQuiet).toContain('"protocolVersion":2');
  });
});

describe('a blinded annotator of sentences that change', () => {
  const rita: Person = { name: 'rita', role: 'reviewer' };
  let alone: World;
  let among: World;

  beforeAll(async () => {
    alone = await makeWorld();
    among = await makeWorld();
  });
  afterAll(async () => {
    await Promise.all([alone.api.stop(), among.api.stop()]);
  });

  const correctSentence = `mutation ($input: CorrectSentenceInput!) { correctSentence(input: $input) {
    __typename ... on SentenceCorrected { outdatedReads } ... on Refusal { message } } }`;
  const splitSentence = `mutation ($input: SplitSentenceInput!) { splitSentence(input: $input) {
    __typename ... on SentenceSplit { outdatedReads } ... on Refusal { message } } }`;

  it('learns what they say, and that the own read counts no longer, but not whose else', async () => {
    const outdated: unknown[] = [];
    const probe = async (world: World): Promise<string> => {
      const { api } = world;
      const [settled, read_, held, split] = [0, 1, 2, 3].map((index) => caseOf(world, index)) as [
        CaseId,
        CaseId,
        CaseId,
        CaseId,
      ];
      const answers: string[] = [];
      const run = async (query: string, input: object): Promise<void> => {
        answers.push(withoutInstants((await api.ask(ana, query, { input })).text));
      };
      await read(api, ana, read_);
      await read(api, ana, split);
      if (world === among) {
        for (const person of [ben, cara, lenaAsAnnotator]) await read(api, person, settled);
        await settle(api, settled);
        for (const person of [ben, cara]) await read(api, person, read_);
        await settle(api, read_);
        await read(api, ben, split);
        await claim(api, cara, held, 'cara holds it');
      }
      const claimed = await claim(api, ana, held, 'ana holds it');
      await api.project();
      const socket = await Socket.open(api, ana);
      for (const [index, id] of [settled, held, split].entries()) {
        socket.subscribe(String(index), `subscription { caseChanged(caseId: "${id}") { caseId type at resync } }`);
      }
      await socket.settled();
      for (const id of [settled, read_, held]) {
        const found = await api.get(rita, 'query ($id: ID!) { case(id: $id) { sentences { id } } }', { id });
        const sentenceId = text(list(found, 'sentences')[0] ?? {}, 'id');
        const to = { change: 'MEANING', es: 'Sin nódulo.', en: 'No nodule.', reasonCode: 'DIFFERS_FROM_REPORT' };
        const note = 'two readers have asked about it';
        const input = { commandId: `correct ${id}`, caseId: id, sentenceId, version: 1, ...to, note };
        outdated.push((await api.get(rita, correctSentence, { input }))['outdatedReads']);
      }
      const found = await api.get(rita, 'query ($id: ID!) { case(id: $id) { sentences { id } } }', { id: split });
      const sentenceId = text(list(found, 'sentences')[0] ?? {}, 'id');
      const into = [{ es: 'Nódulo.' }, { en: 'Right upper lobe.' }];
      const input = {
        commandId: 'split',
        caseId: split,
        sentenceId,
        version: 1,
        into,
        linksTo: 0,
        reasonCode: 'OTHER',
      };
      outdated.push((await api.get(rita, splitSentence, { input }))['outdatedReads']);
      await run(mutations.submitAnnotation, submission('of before', claimed));
      await run(mutations.claimCase, { commandId: 'ana claims again', caseId: held });
      await api.project();
      await socket.frames(5);
      // Frames of several subscriptions come in the order of their cases' partitions.
      answers.push(...socket.received.map((frame) => withoutInstants(JSON.stringify(frame))).sort());
      await socket.close();
      answers.push(await lookAround(world));
      return answers.join('\n');
    };
    const [one, other] = [await probe(alone), await probe(among)];
    expect(other).toBe(one);
    // In one world ana's own read of the second case went; in the other two more did, and three of the first.
    expect(outdated).toEqual([0, 1, 0, 0, 3, 3, 0, 0]);
    expect(one).toContain('SentencesChanged');
    expect(one).toContain('annotationOutdated');
    expect(one).not.toContain('asked about it');
  });
});

describe('after others’ reads were taken back', () => {
  /** Neither reads here: they may undo. */
  const adam: Person = { name: 'adam', role: 'administrator' };
  let without: World;
  let with_: World;

  beforeAll(async () => {
    without = await makeWorld();
    with_ = await makeWorld();
  });
  afterAll(async () => {
    await Promise.all([without.api.stop(), with_.api.stop()]);
  });

  const reasons = { reasonCode: 'OTHER', note: 'two others have marked it elsewhere' };
  const own = async (api: ApiUnderTest, caseId: string, person: Person): Promise<{ id: string; revision: number }> => {
    await api.project();
    const query = 'query ($id: ID!) { case(id: $id) { annotations { id annotatorId revision } } }';
    const found = list(await api.get(auditor, query, { id: caseId }), 'annotations');
    const mine = found.find(({ annotatorId }) => annotatorId === annotators.get(person.name));
    return { id: text(mine ?? {}, 'id'), revision: Number(mine?.['revision']) };
  };
  const annotators = new Map<string, unknown>();
  const withdraw = async (api: ApiUnderTest, caseId: string, person: Person): Promise<string> => {
    const { id: annotationId, revision } = await own(api, caseId, person);
    const input = { commandId: `w ${person.name} ${caseId}`, caseId, annotationId, revision, ...reasons };
    expect(await api.get(adam, mutations.withdrawAnnotation, { input })).toMatchObject({
      __typename: 'AnnotationWithdrawn',
    });
    return annotationId;
  };
  const restore = async (api: ApiUnderTest, caseId: string, person: Person, annotationId: string): Promise<void> => {
    const input = { commandId: `r ${person.name} ${caseId}`, caseId, annotationId, revision: 1, ...reasons };
    expect(await api.get(adam, mutations.restoreAnnotation, { input })).toMatchObject({
      __typename: 'AnnotationRestored',
    });
  };

  it('an annotator who had seen them is blind again, and learns of their own read alone', async () => {
    const worlds = [without, with_] as const;
    const query = 'query ($id: ID!) { project(id: $id) { annotators { id personId } } }';
    for (const annotator of list(await with_.api.get(lena, query, { id: with_.sample.projectId }), 'annotators')) {
      for (const person of [ana, ben, cara]) {
        if (annotator['personId'] === personIdOf(person)) annotators.set(person.name, annotator['id']);
      }
    }
    for (const { api, sample } of worlds) for (const id of sample.caseIds.slice(0, 2)) await read(api, ana, id);
    const [first, second, third] = [caseOf(with_, 0), caseOf(with_, 1), caseOf(with_, 2)];
    for (const id of [first, second]) for (const person of [ben, cara]) await read(with_.api, person, id);
    await read(with_.api, ben, third);
    await with_.api.project();
    await settle(with_.api, first);
    await with_.api.project();
    const seen = 'query ($id: ID!) { case(id: $id) { status annotations { id } } }';
    expect(await with_.api.get(ana, seen, { id: first })).toMatchObject({ status: 'SETTLED' });
    const socket = await Socket.open(with_.api, ana);
    socket.subscribe('1', `subscription { caseChanged(caseId: "${first}") { type } }`);
    await socket.settled();

    // In one world others' reads go, come back, and are read again; in both ana's own read of the second case goes.
    await withdraw(with_.api, first, ben);
    await restore(with_.api, second, cara, await withdraw(with_.api, second, cara));
    await read(with_.api, lenaAsAnnotator, first);
    for (const { api } of worlds) await withdraw(api, second, ana);
    for (const { api } of worlds) await api.project();
    const [one, other] = [await lookAround(without), await lookAround(with_)];
    expect(other).toBe(one);
    expect(one).toContain('annotationWithdrawn');
    expect(one).not.toContain('elsewhere');

    const held = await Promise.all(worlds.map(async ({ api }) => claim(api, ana, second, 'ana once more')));
    const again = await Promise.all(
      worlds.map(async ({ api }, index) => {
        const of = held[index];
        if (of === undefined) throw new Error('nothing is held');
        return (await api.ask(ana, mutations.submitAnnotation, { input: submission('ana submits again', of) })).text;
      }),
    );
    expect(again[1]).toBe(again[0]);
    for (const { api } of worlds) await withdraw(api, first, ana);
    for (const { api } of worlds) await api.project();
    expect(await lookAround(with_)).toBe(await lookAround(without));
    await socket.frames(1);
    expect(socket.received).toMatchObject([{ payload: { data: { caseChanged: { type: 'annotationWithdrawn' } } } }]);
    await socket.close();
  });

  it('a withdrawn import looks the same whoever had read its cases', async () => {
    for (const { api, sample } of [without, with_]) {
      const of = {
        projectId: sample.projectId,
        importCommandId: 'import',
        importedBy: personIdOf(lena),
        withReads: true,
      };
      const { token } = await api.get(adam, undoPreview, { input: of });
      const input = { commandId: 'undo', of, previewToken: token, ...reasons };
      expect(await api.get(adam, mutations.undoChanges, { input })).toMatchObject({ done: 4, refused: 0 });
      await api.project();
    }
    const one = await lookAround(without);
    expect(await lookAround(with_)).toBe(one);
    expect(one).toContain('WITHDRAWN');
  });
});

describe('reads that came in with their case', () => {
  it('show in nothing to an annotator who has not read it, and to all who may once it is settled', async () => {
    const worlds = [await makeWorld(), await makeWorld()] as const;
    const read = (reader: string) => ({
      reader,
      findings: [{ sentenceKey: '1', polarity: 'POSITIVE', labels: ['nodule'], locations: [], regions: ['a'] }],
      regions: [{ key: 'a', imageKey: 'pa', system: 'PIXEL', x1: '1', y1: '2', x2: '3', y2: '4' }],
    });
    const caseIds = await Promise.all(
      worlds.map(async ({ api, sample: { projectId } }, index) => {
        const cases = [10, 11].map((position) => ({
          ...sampleCase(position),
          ...(index === 0 ? {} : { externalReads: [read('A'), ...(position === 11 ? [read('B')] : [])] }),
        }));
        const input = { commandId: 'with reads', projectId, cases };
        const imported = await api.get(lena, mutations.importCases, { input });
        await api.project();
        return list(imported, 'rows').map((row) => text(row, 'caseId'));
      }),
    );
    expect(caseIds[1]).toEqual(caseIds[0]);
    const [first = '', second = ''] = caseIds[0] ?? [];
    const seen = await Promise.all(
      worlds.map(async (world) => {
        const { api, sample } = world;
        const answers = [await lookAround({ api, sample: { ...sample, caseIds: [first, second] } })];
        const socket = await Socket.open(api, ana);
        socket.subscribe('1', `subscription { caseChanged(caseId: "${first}") { caseId type at resync } }`);
        await socket.settled();
        const held = await claim(api, ana, first, 'ana claims');
        const input = submission('ana submits', held);
        answers.push(withoutInstants((await api.ask(ana, mutations.submitAnnotation, { input })).text));
        await api.project();
        await socket.frames(2);
        answers.push(withoutInstants(JSON.stringify(socket.received)));
        await socket.close();
        answers.push(await lookAround({ api, sample: { ...sample, caseIds: [first, second] } }));
        const explain = `query ($projectId: ID!, $caseId: ID!) { explainQueue(projectId: $projectId, caseId: $caseId) { __typename } }`;
        answers.push((await api.ask(ana, explain, { projectId: sample.projectId, caseId: first })).text);
        return answers.join('\n');
      }),
    );
    expect(seen[1]).toBe(seen[0]);
    expect(seen[0]).toContain('annotationSubmitted');
    // The probe is worth something.
    const [, busyOne] = worlds;
    const query = 'query ($id: ID!) { case(id: $id) { annotations { externalReader } } }';
    const namesOf = async (person: Person, id: string) =>
      list(await busyOne.api.get(person, query, { id }), 'annotations').map((each) => each['externalReader']);
    expect(await namesOf(auditor, first)).toContain('A');
    expect(await namesOf(ana, first)).toEqual([null]);
    await settle(busyOne.api, first);
    await busyOne.api.project();
    expect(await namesOf(ana, first)).toContain('A');
    for (const { api } of worlds) await api.stop();
  });
});

describe('a project that publishes no reader identity', () => {
  it('names no reader to anybody', async () => {
    const api = await ApiUnderTest.start({ secrets });
    const sample = await sampleProject(api, {
      readers: [ana, ben],
      cases: 1,
      protocol: { readsPerCase: 2, readerIdentity: 'NOT_PUBLISHED' },
    });
    const [caseId = ''] = sample.caseIds;
    await read(api, ana, caseId);
    await read(api, ben, caseId);
    await api.project();
    const { text } = await api.ask(auditor, `query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, {
      id: caseId,
    });
    expect(text).toContain('readsCompleted');
    for (const person of [ana, ben]) expect(text).not.toContain(personIdOf(person));
    expect(text.match(/"annotatorId":null/g)).toHaveLength(2);
    await api.stop();
  });

  it('names no reader of a case either that was moved to a version that would', async () => {
    const api = await ApiUnderTest.start({ secrets });
    const { projectId, caseIds } = await sampleProject(api, {
      readers: [ana],
      cases: 1,
      protocol: { readsPerCase: 2, readerIdentity: 'NOT_PUBLISHED' },
    });
    const [caseId = ''] = caseIds;
    await claim(api, ana, caseId, 'held');
    const protocol = { readsPerCase: 2, readerIdentity: 'KNOWN', labels: [{ term: 'nodule' }] };
    await api.get(ada, mutations.adoptProtocol, { input: { commandId: 'known', projectId, protocol } });
    await api.project();
    const of = { projectId, protocolVersion: 2, caseIds };
    const previewToken = text(await api.get(ada, movePreview, { input: of }), 'token');
    const moved = await api.get(ada, mutations.moveProtocol, { input: { commandId: 'move', of, previewToken } });
    expect(moved).toMatchObject({ __typename: 'ProtocolMoved', done: 1 });
    await api.project();
    const query = `query ($id: ID!, $caseId: ID!) { explainQueue(projectId: $id, caseId: $caseId) { places { wanted holders { annotatorId } } } }`;
    expect(await api.get(ada, query, { id: projectId, caseId })).toEqual({ places: { wanted: 2, holders: [] } });
    await api.stop();
  });
});

const rita: Person = { name: 'rita', role: 'reviewer' };
const auditor: Person = { name: 'audrey', role: 'auditor' };
const ada: Person = { name: 'ada', role: 'administrator' };
/** Registered as a reader too, and works as one. */
const lenaAsAnnotator: Person = { name: 'lena', role: 'annotator' };
