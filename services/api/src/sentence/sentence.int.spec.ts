import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  cara,
  type Fields,
  lena,
  list,
  type Person,
  personIdOf,
  stranger,
  text,
} from '../testing/api-under-test.spec.ts';
import { claim, mutations, sampleCase, sampleProject, submission } from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

const rita: Person = { name: 'rita', role: 'reviewer' };
/** Looks at nothing besides. */
const lara: Person = { name: 'lara', role: 'reviewer' };

const correct = `mutation ($input: CorrectSentenceInput!) { correctSentence(input: $input) {
  __typename ... on SentenceCorrected { version outdatedReads hits { type code es { start end } en { start end } } token }
  ... on SentenceConflict { version text { es en } } ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const split = `mutation ($input: SplitSentenceInput!) { splitSentence(input: $input) {
  __typename ... on SentenceSplit { sentenceIds outdatedReads token } ... on Invalid { problems { path code } }
  ... on Refusal { message } } }`;
const merge = `mutation ($input: MergeSentencesInput!) { mergeSentences(input: $input) {
  __typename ... on SentencesMerged { sentenceId outdatedReads token } ... on Invalid { problems { path code } }
  ... on Refusal { message } } }`;
const confirm = `mutation ($input: ConfirmTranslationInput!) { confirmTranslation(input: $input) {
  __typename ... on TranslationConfirmed { sentenceId token } ... on Refusal { message } } }`;
const shown = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { status readsSubmitted
  sentences { id version sameMeaningSince origin text { es en }
    versions { version cause text { es en } actorId actorRole reason note } }
  formerSentences { id linksTo versions { version text { en } } }
  annotations { id findings { sentenceId sentenceVersion } }
  outdatedAnnotations { outdatedAt annotation { id revision findings { sentenceVersion } } }
  history(first: 100) { edges { node { type actorId reason note detail globalSeq } } } } }`;
const checks = `query ($id: ID!, $first: Int, $after: Cursor) { translationChecks(projectId: $id, first: $first, after: $after) {
  edges { cursor node { caseId sentenceId version text { es en } checker
    hits { type code es { start end } en { start end } } } }
  pageInfo { hasNextPage endCursor } } }`;

let api: ApiUnderTest;
let projectId = '';
let caseIds: readonly string[] = [];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  ({ projectId, caseIds } = await sampleProject(api, {
    readers: [ana, ben, cara],
    cases: 8,
    protocol: { readsPerCase: 2 },
  }));
});

afterAll(async () => api.stop());

const look = async (person: Person, id: string, asOf?: object): Promise<Fields> => {
  await api.project();
  const found = await api.get(person, shown, { id, asOf });
  return found;
};

const sentenceOf = async (id: string): Promise<string> => text(list(await look(lena, id), 'sentences')[0] ?? {}, 'id');

const correction = async (id: string, commandId: string, change: object): Promise<object> => ({
  commandId,
  caseId: id,
  sentenceId: await sentenceOf(id),
  version: 1,
  change: 'WORDING',
  reasonCode: 'TYPING',
  ...change,
});

const typesOf = (found: Fields): readonly string[] =>
  list((found['history'] ?? {}) as Fields, 'edges').map((edge) => text((edge['node'] ?? {}) as Fields, 'type'));

async function bothRead(id: string): Promise<void> {
  for (const reader of [ana, ben]) {
    const held = await claim(api, reader, id, `${reader.name} claims ${id}`);
    const input = submission(`${reader.name} reads ${id}`, held);
    expect(await api.get(reader, mutations.submitAnnotation, { input })).toMatchObject({
      __typename: 'AnnotationSubmitted',
    });
  }
}

it('says other words, and every version of it is kept with who said it and why', async () => {
  const [id = ''] = caseIds;
  const input = await correction(id, 'words', { es: 'Nódulo en el LSD.', note: 'as the report has it' });
  expect(await api.get(rita, correct, { input })).toMatchObject({
    __typename: 'SentenceCorrected',
    version: 2,
    outdatedReads: 0,
    hits: [],
  });
  expect(await api.get(rita, correct, { input })).toMatchObject({ __typename: 'SentenceCorrected', version: 2 });
  const found = await look(lena, id);
  expect(found['sentences']).toMatchObject([
    {
      version: 2,
      sameMeaningSince: 1,
      origin: 'REPORT',
      text: { es: 'Nódulo en el LSD.', en: 'Nodule in the right upper lobe.' },
      versions: [
        { version: 1, cause: 'IMPORTED', text: { es: 'Nódulo en el lóbulo superior derecho.' }, actorRole: null },
        {
          version: 2,
          cause: 'WORDING',
          text: { es: 'Nódulo en el LSD.' },
          actorRole: 'reviewer',
          reason: 'typing',
          note: 'as the report has it',
        },
      ],
    },
  ]);
  const before = list((found['history'] ?? {}) as Fields, 'edges')[0]?.['node'] as Fields;
  const then = await look(lena, id, { sequence: before['globalSeq'] });
  expect(then['sentences']).toMatchObject([{ version: 1, text: { es: 'Nódulo en el lóbulo superior derecho.' } }]);
  expect((await look(ana, id))['sentences']).toMatchObject([
    { version: 2, versions: [{}, { actorId: null, note: null, reason: 'typing' }] },
  ]);
  const corrected = (found: Fields): unknown =>
    list((found['history'] ?? {}) as Fields, 'edges').find(
      ({ node }) => (node as Fields)['type'] === 'sentenceCorrected',
    );
  expect(corrected(await look(ana, id))).toMatchObject({ node: { actorId: null, note: null, reason: 'typing' } });
  expect(corrected(found)).toMatchObject({ node: { actorId: personIdOf(rita), note: 'as the report has it' } });
});

it('is refused to whoever has another version in mind, with what it says now', async () => {
  const [id = ''] = caseIds;
  const input = await correction(id, 'late words', { es: 'Nódulo.' });
  expect(await api.get(lara, correct, { input })).toMatchObject({
    __typename: 'SentenceConflict',
    version: 2,
    text: { es: 'Nódulo en el LSD.', en: 'Nodule in the right upper lobe.' },
  });
  // That it was shown is on record, as every look at a case is.
  const looks = await api.owner.query({
    text: 'SELECT access.actions FROM audit.read_access AS access WHERE access.actor_id = $1 AND $2 = ANY (access.case_ids)',
    values: [personIdOf(lara), id],
  });
  expect(looks).toEqual([{ actions: ['case.read'] }]);
});

it('is refused where it says the same already, or where a translation changes both languages', async () => {
  const id = caseIds[5] ?? '';
  const es = 'Nódulo en el lóbulo superior derecho.';
  const same = await correction(id, 'same', { es });
  expect(await api.get(rita, correct, { input: same })).toMatchObject({ problems: [{ code: 'UNCHANGED' }] });
  const none = await correction(id, 'none', {});
  expect(await api.get(rita, correct, { input: none })).toMatchObject({ problems: [{ path: 'es', code: 'MISSING' }] });
  const both = await correction(id, 'both', { change: 'TRANSLATION', es: 'Masa.', en: 'Mass.' });
  expect(await api.get(rita, correct, { input: both })).toMatchObject({ problems: [{ code: 'CONTRADICTION' }] });
  const unknown = await correction(id, 'unknown', { es: 'Masa.', sentenceId: id });
  expect(await api.get(rita, correct, { input: unknown })).toMatchObject({ __typename: 'NotFound' });
});

it('is for reviewers, leads and administrators alone, who do not read in the project', async () => {
  const [id = ''] = caseIds;
  const input = await correction(id, 'not mine', { es: 'Otra cosa.', version: 2 });
  for (const person of [ana, { name: 'otto', role: 'adjudicator' }, { name: 'abel', role: 'auditor' }] as const) {
    expect((await api.ask(person, correct, { input })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  expect(await api.get({ name: 'ana', role: 'reviewer' }, correct, { input })).toMatchObject({
    __typename: 'ReadsHidden',
  });
  expect(await api.get(stranger, correct, { input })).toMatchObject({ __typename: 'NotFound' });
  const { body } = await api.ask({ name: 'ana', role: 'reviewer' }, checks, { id: projectId });
  expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('takes what is given of other words that mean the same', async () => {
  const id = caseIds[1] ?? '';
  const held = await claim(api, ana, id, 'claim before words');
  const input = await correction(id, 'words while held', { en: 'Nodule, right upper lobe.', change: 'TRANSLATION' });
  expect(await api.get(rita, correct, { input })).toMatchObject({ __typename: 'SentenceCorrected' });
  expect(await api.get(ana, mutations.submitAnnotation, { input: submission('read', held) })).toMatchObject({
    __typename: 'AnnotationSubmitted',
  });
});

it('of another meaning opens the case: what was read is kept, shown and counts no longer, and is asked for anew', async () => {
  const id = caseIds[2] ?? '';
  await bothRead(id);
  await settle(api, id);
  const input = await correction(id, 'meaning', {
    change: 'MEANING',
    es: 'Sin nódulo.',
    en: 'No nodule.',
    reasonCode: 'DIFFERS_FROM_REPORT',
  });
  expect(await api.get(rita, correct, { input })).toMatchObject({ __typename: 'SentenceCorrected', outdatedReads: 2 });
  const found = await look(lena, id);
  expect(found).toMatchObject({
    status: 'READING',
    readsSubmitted: 0,
    annotations: [],
    sentences: [{ version: 2, sameMeaningSince: 2 }],
    outdatedAnnotations: [
      { annotation: { revision: 1, findings: [{ sentenceVersion: 1 }] } },
      { annotation: { revision: 1, findings: [{ sentenceVersion: 1 }] } },
    ],
  });
  expect(typesOf(found).slice(-4)).toEqual([
    'readsReopened',
    'sentenceCorrected',
    'annotationOutdated',
    'annotationOutdated',
  ]);
  const own = await look(ana, id);
  expect(own['outdatedAnnotations']).toHaveLength(1);
  expect(typesOf(own).slice(-2)).toEqual(['sentenceCorrected', 'annotationOutdated']);
  const again = await claim(api, ana, id, 'ana reads anew');
  const { findings, ...rest } = (submission('anew', again) as { annotation: Fields }).annotation;
  const annotation = { ...rest, findings: (findings as Fields[]).map((each) => ({ ...each, sentenceVersion: 2 })) };
  expect(
    await api.get(ana, mutations.submitAnnotation, { input: { ...submission('anew', again), annotation } }),
  ).toMatchObject({ __typename: 'AnnotationSubmitted', revision: 2 });
  expect(await look(lena, id)).toMatchObject({
    readsSubmitted: 1,
    annotations: [{ findings: [{ sentenceVersion: 2 }] }],
  });
});

it('of another meaning is told to whoever holds the case, and their draft stays', async () => {
  const id = caseIds[3] ?? '';
  const held = await claim(api, ana, id, 'claim before meaning');
  const save = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename ... on DraftSaved { revision } } }`;
  const given = submission('of the old meaning', held) as Fields;
  const draft = { caseId: id, leaseToken: held.leaseToken, revision: 0, annotation: given['annotation'] };
  expect(await api.get(ana, save, { input: draft })).toMatchObject({ __typename: 'DraftSaved' });
  const input = await correction(id, 'meaning while held', { change: 'MEANING', es: 'Sin nódulo.', en: 'No nodule.' });
  expect(await api.get(rita, correct, { input })).toMatchObject({ outdatedReads: 0 });
  expect(await api.get(ana, mutations.submitAnnotation, { input: given })).toMatchObject({
    __typename: 'SentencesChanged',
  });
  const again = await claim(api, ana, id, 'claim after meaning');
  expect(again.leaseToken).not.toBe(held.leaseToken);
  expect(await api.get(ana, 'query ($id: ID!) { myDraft(caseId: $id) { revision } }', { id })).toMatchObject({
    revision: 1,
  });
});

it('is split, and what was said of it is said of a part of it', async () => {
  const id = caseIds[4] ?? '';
  await bothRead(id);
  const sentenceId = await sentenceOf(id);
  const into = [
    { es: 'Nódulo.', en: 'Nodule.' },
    { es: 'Lóbulo superior derecho.', en: 'Right upper lobe.' },
  ];
  const input = {
    commandId: 'split',
    caseId: id,
    sentenceId,
    version: 1,
    into,
    linksTo: 0,
    reasonCode: 'WRONGLY_SEGMENTED',
  };
  const done = await api.get(lena, split, { input });
  expect(done).toMatchObject({ __typename: 'SentenceSplit', outdatedReads: 0 });
  const [first, second] = (done as { sentenceIds: string[] }).sentenceIds;
  const found = await look(lena, id);
  expect(found).toMatchObject({
    status: 'AWAITING_CONSENSUS',
    readsSubmitted: 2,
    sentences: [
      { id: first, version: 1, text: { en: 'Nodule.' }, versions: [{ cause: 'SPLIT' }] },
      { id: second, version: 1, text: { en: 'Right upper lobe.' } },
    ],
    formerSentences: [{ id: sentenceId, linksTo: first, versions: [{ version: 1 }] }],
  });
  const both = [first, second].map((each) => ({ sentenceId: each, version: 1 }));
  const merging = {
    commandId: 'merge',
    caseId: id,
    sentences: both,
    into: into[0],
    movesLinks: false,
    reasonCode: 'OTHER',
  };
  expect(await api.get(lena, merge, { input: merging })).toMatchObject({
    __typename: 'SentencesMerged',
    outdatedReads: 2,
  });
  expect(await look(lena, id)).toMatchObject({
    status: 'READING',
    sentences: [{ version: 1, versions: [{ cause: 'MERGED' }] }],
  });
});

it('whose languages differ is questioned when it comes in and when it changes, until it is corrected or confirmed', async () => {
  const wrong = (position: number) => ({
    ...sampleCase(position),
    sentences: [{ key: '1', es: 'Sin derrame pleural.', en: 'Pleural effusion.' }],
  });
  const cases = [101, 102].map(wrong);
  const imported = await api.get(lena, mutations.importCases, { input: { commandId: 'wrong', projectId, cases } });
  const [one = '', two = ''] = list(imported, 'rows').map((row) => text(row, 'caseId'));
  await api.project();
  const found = await api.get(rita, checks, { id: projectId });
  const hit = { type: 'NEGATION', code: expect.stringMatching(/./), es: { start: expect.any(Number) } };
  expect(found).toMatchObject({
    edges: [
      {
        node: {
          caseId: one,
          version: 1,
          text: { es: 'Sin derrame pleural.', en: 'Pleural effusion.' },
          checker: 'rules 1',
          hits: [hit],
        },
      },
      { node: { caseId: two } },
    ],
    pageInfo: { hasNextPage: false },
  });
  const page = (await api.get(rita, checks, { id: projectId, first: 1 })) as { pageInfo: { endCursor: string } };
  expect(page).toMatchObject({ edges: [{ node: { caseId: one } }], pageInfo: { hasNextPage: true } });
  expect(await api.get(rita, checks, { id: projectId, first: 1, after: page.pageInfo.endCursor })).toMatchObject({
    edges: [{ node: { caseId: two } }],
    pageInfo: { hasNextPage: false },
  });
  const still = await correction(one, 'still wrong', { change: 'TRANSLATION', en: 'Pleural effusion on the left.' });
  expect(await api.get(rita, correct, { input: still })).toMatchObject({
    hits: expect.arrayContaining([expect.anything()]),
  });
  const right = await correction(one, 'right', { version: 2, change: 'TRANSLATION', en: 'No pleural effusion.' });
  expect(await api.get(rita, correct, { input: right })).toMatchObject({ version: 3, hits: [] });
  const input = {
    commandId: 'confirm',
    caseId: two,
    sentenceId: await sentenceOf(two),
    version: 1,
    reasonCode: 'CHECK_MISTAKEN',
  };
  expect(await api.get(rita, confirm, { input })).toMatchObject({ __typename: 'TranslationConfirmed' });
  expect(await api.get(rita, confirm, { input: { ...input, commandId: 'again' } })).toMatchObject({
    __typename: 'NotFound',
  });
  await api.project();
  expect(await api.get(rita, checks, { id: projectId })).toMatchObject({ edges: [] });
});

it('leaves no word of a sentence or a remark in clear in the journal or the views', async () => {
  const found = await api.owner.query({
    text: `SELECT event.type FROM journal.event
      WHERE position('effusion'::bytea IN event.payload_bytes) > 0 OR position('as the report'::bytea IN event.payload_bytes) > 0`,
    values: [],
  });
  expect(found).toEqual([]);
});
