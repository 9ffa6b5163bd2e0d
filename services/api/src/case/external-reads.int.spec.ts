import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ana,
  ApiUnderTest,
  ben,
  type Fields,
  lena,
  list,
  type Person,
  personIdOf,
  text,
} from '../testing/api-under-test.spec.ts';
import { mutations, sampleProject } from '../testing/sample-project.spec.ts';

/* Cases with their names in the source, and reads that were given elsewhere. */

const audrey: Person = { name: 'audrey', role: 'auditor' };
const ada: Person = { name: 'ada', role: 'administrator' };

let api: ApiUnderTest;
let projectId: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  const protocol = { readsPerCase: 2, locations: [{ term: 'right' }], progressionTerms: ['stable'] };
  ({ projectId } = await sampleProject(api, { readers: [ana, ben], cases: 1, protocol }));
});

afterAll(async () => api.stop());

const region = {
  key: 'a',
  imageKey: 'pa',
  system: 'NORMALISED',
  x1: '5e-05',
  y1: '0.10',
  x2: '0.123456789012345678',
  y2: '1',
};
const finding = {
  sentenceKey: '1',
  polarity: 'POSITIVE',
  labels: ['nodule'],
  locations: ['right'],
  progression: 'stable',
  regions: ['a'],
};
const read = (reader: string, change: object = {}) => ({ reader, findings: [finding], regions: [region], ...change });
const row = (externalKey: string, change: object = {}) => ({
  externalKey,
  subjectKey: `subject of ${externalKey}`,
  position: 0,
  studyKey: 'study 1',
  previousStudy: { studyKey: 'study 0', imageKeys: ['image 0'] },
  clinical: { ageYears: 90, sex: 'FEMALE', modality: 'DX', careSetting: 'INTENSIVE_CARE' },
  received: '{"keys":[]}',
  images: [{ key: 'pa', viewPosition: 'PA' }],
  sentences: [
    { key: '1', en: 'A nodule.', origin: 'MACHINE', machine: { model: 'made-up model', version: '2' } },
    { key: '2', en: 'No effusion.' },
  ],
  ...change,
});
const importRows = async (commandId: string, ...cases: readonly object[]): Promise<readonly Fields[]> =>
  list(await api.get(lena, mutations.importCases, { input: { commandId, projectId, cases } }), 'rows');
const importOne = async (commandId: string, one: object): Promise<string> => {
  const [outcome] = await importRows(commandId, one);
  expect(outcome).toMatchObject({ outcome: 'IMPORTED' });
  await api.project();
  return text(outcome ?? {}, 'caseId');
};

const content = `status readsSubmitted externalKey studyKey previousStudy { studyKey imageKeys }
  clinical { ageYears sex modality bodyPart careSetting heightCm }
  images { id key viewPosition isSizeNominal rows } sentences { id machine { model version } }
  annotations { id readId annotatorId externalReader independence revision answer
    findings { sentenceId polarity labels locations progression regionIds } regions { id system x1 y1 x2 y2 } }`;
const show = async (person: Person, id: string): Promise<Fields> =>
  api.get(person, `query ($id: ID!) { case(id: $id) { ${content} } }`, { id });

describe('a case with its names in the source', () => {
  it('shows them to whoever leads and audits, and to annotators only what tells of nobody', async () => {
    const id = await importOne('names', row('names'));
    for (const person of [lena, audrey]) {
      expect(await show(person, id)).toMatchObject({
        externalKey: 'names',
        studyKey: 'study 1',
        previousStudy: { studyKey: 'study 0', imageKeys: ['image 0'] },
        clinical: { ageYears: 90, sex: 'FEMALE', modality: 'DX', bodyPart: null, careSetting: 'INTENSIVE_CARE' },
        images: [{ key: 'pa', viewPosition: 'PA', isSizeNominal: true }],
        sentences: [{ machine: { model: 'made-up model', version: '2' } }, { machine: null }],
      });
    }
    expect(await show(ana, id)).toMatchObject({
      externalKey: null,
      studyKey: null,
      previousStudy: null,
      clinical: { ageYears: 90, sex: 'FEMALE' },
      images: [{ key: null, viewPosition: 'PA' }],
      sentences: [{ machine: { model: 'made-up model' } }, { machine: null }],
    });
  });

  it('gives what it received back to whoever may export, and to nobody else', async () => {
    const id = await importOne('received', row('received'));
    const query = 'query ($id: ID!) { case(id: $id) { received } }';
    for (const person of [lena, audrey])
      expect(await api.get(person, query, { id })).toEqual({ received: '{"keys":[]}' });
    for (const role of ['annotator', 'reviewer', 'adjudicator'] as const) {
      const { body } = await api.ask({ name: 'rita', role }, query, { id });
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    // Registered as an annotator too, so no more than one.
    await api.get(lena, mutations.registerAnnotator, {
      input: { commandId: 'ada too', projectId, personId: personIdOf(ada) },
    });
    expect(await api.get(ada, query, { id })).toEqual({ received: null });
  });

  it('refuses what is out of range, row by row', async () => {
    const rows = await importRows(
      'ranges',
      row('age', { clinical: { ageYears: 91 } }),
      row('size', { images: [{ key: 'pa', rows: 100 }] }),
      row('machine', { sentences: [{ key: '1', en: 'A nodule.', machine: { model: 'm' } }] }),
      row('fine'),
    );
    expect(rows.map(({ outcome, problems }) => [outcome, problems])).toEqual([
      ['INVALID', [{ path: 'clinical.ageYears', code: 'OUT_OF_RANGE' }]],
      ['INVALID', [{ path: 'images[0].rows', code: 'MISSING' }]],
      ['INVALID', [{ path: 'sentences[0].machine', code: 'CONTRADICTION' }]],
      ['IMPORTED', []],
    ]);
  });
});

describe('a read that came in with its case', () => {
  it('stands beside those of people, under a name that nobody has', async () => {
    const id = await importOne('one read', row('one read', { externalReads: [read('A')] }));
    const shown = await show(lena, id);
    expect(shown).toMatchObject({ status: 'READING', readsSubmitted: 1 });
    const [annotation] = list(shown, 'annotations');
    expect(annotation).toMatchObject({
      externalReader: 'A',
      independence: 'NOT_RECORDED',
      revision: 1,
      answer: 'FINDINGS',
    });
    expect(list(annotation ?? {}, 'findings')).toMatchObject([
      { polarity: 'POSITIVE', labels: ['nodule'], locations: ['right'], progression: 'stable' },
    ]);
    // Decimals as they were received.
    expect(list(annotation ?? {}, 'regions')).toMatchObject([
      { system: 'NORMALISED', x1: '5e-05', y1: '0.10', x2: '0.123456789012345678', y2: '1' },
    ]);
    const people = await api.get(lena, 'query ($id: ID!) { project(id: $id) { annotators { id } } }', {
      id: projectId,
    });
    expect(list(people, 'annotators').map((each) => each['id'])).not.toContain(annotation?.['annotatorId']);
  });

  it('is of one reader in all cases of the project', async () => {
    const ids = [
      await importOne('same 1', row('same 1', { externalReads: [read('A'), read('B')] })),
      await importOne('same 2', row('same 2', { externalReads: [read('B')] })),
    ];
    const readers = await Promise.all(ids.map(async (id) => list(await show(lena, id), 'annotations')));
    const idOf = (annotations: readonly Fields[] | undefined, name: string) =>
      annotations?.find(({ externalReader }) => externalReader === name)?.['annotatorId'];
    expect(idOf(readers[0], 'B')).toBe(idOf(readers[1], 'B'));
    expect(idOf(readers[0], 'A')).not.toBe(idOf(readers[0], 'B'));
  });

  it('completes the reads with another one, and is offered to nobody beyond', async () => {
    const id = await importOne('two reads', row('two reads', { externalReads: [read('A'), read('B')] }));
    expect(await show(lena, id)).toMatchObject({ status: 'AWAITING_CONSENSUS', readsSubmitted: 2 });
    const claimed = await api.get(ana, mutations.claimCase, { input: { commandId: 'too many', caseId: id } });
    expect(claimed).toMatchObject({ __typename: 'CaseNotAvailable' });
    const half = await importOne('half', row('half', { externalReads: [read('A')] }));
    expect(await api.get(ana, mutations.claimCase, { input: { commandId: 'ana', caseId: half } })).toMatchObject({
      __typename: 'Claimed',
    });
    expect(await api.get(ben, mutations.claimCase, { input: { commandId: 'ben', caseId: half } })).toMatchObject({
      __typename: 'CaseNotAvailable',
    });
  });

  it('is the same again, and a case with other reads is another case', async () => {
    const one = row('again', { externalReads: [read('A')] });
    const id = await importOne('again 1', one);
    expect(await importRows('again 2', one)).toMatchObject([{ outcome: 'UNCHANGED', caseId: id }]);
    expect(await importRows('again 3', row('again', { externalReads: [read('B')] }))).toMatchObject([
      { outcome: 'DIFFERS', caseId: id },
    ]);
    await api.project();
    expect(await show(lena, id)).toMatchObject({ readsSubmitted: 1 });
  });

  it('is refused with the row where it is none of the protocol or the case', async () => {
    const rows = await importRows(
      'wrong',
      row('w1', { externalReads: [read('A', { findings: [{ ...finding, labels: ['unheard of'] }] })] }),
      row('w2', { externalReads: [read('A', { findings: [{ ...finding, sentenceKey: '9' }] })] }),
      row('w3', { externalReads: [read('A', { regions: [{ ...region, imageKey: 'lateral' }] })] }),
      row('w4', { externalReads: [read('A'), read('A')] }),
      row('w5', { externalReads: [read('A', { regions: [{ ...region, system: 'PIXEL' }] })] }),
    );
    expect(rows.map(({ problems }) => problems)).toEqual([
      [{ path: 'externalReads[0].findings[0].labels[0]', code: 'UNKNOWN_TERM' }],
      [{ path: 'externalReads[0].findings[0].sentence', code: 'UNKNOWN_SENTENCE' }],
      [{ path: 'externalReads[0].regions[0]', code: 'UNKNOWN_IMAGE' }],
      [{ path: 'externalReads[1].reader', code: 'REPEATED' }],
      [{ path: 'externalReads[0].regions[0]', code: 'SIZE_UNKNOWN' }],
    ]);
  });

  it('is withdrawn and brought back as one of a person is, under the name that it had', async () => {
    const id = await importOne('undone', row('undone', { externalReads: [read('A'), read('B')] }));
    const [first] = list(await show(lena, id), 'annotations');
    const annotationId = text(first ?? {}, 'id');
    const of = { caseId: id, annotationId, revision: 1, reasonCode: 'OTHER' };
    expect(await api.get(lena, mutations.withdrawAnnotation, { input: { commandId: 'w', ...of } })).toMatchObject({
      __typename: 'AnnotationWithdrawn',
    });
    await api.project();
    expect(await show(lena, id)).toMatchObject({ status: 'READING', readsSubmitted: 1 });
    expect(await api.get(lena, mutations.restoreAnnotation, { input: { commandId: 'r', ...of } })).toMatchObject({
      __typename: 'AnnotationRestored',
      revision: 2,
    });
    await api.project();
    const back = list(await show(lena, id), 'annotations').find(({ readId }) => readId === first?.['readId']);
    expect(back).toMatchObject({
      externalReader: first?.['externalReader'],
      revision: 2,
      independence: 'NOT_RECORDED',
    });
  });

  it('leaves no word of its reader or its source in clear in the journal or the views', async () => {
    await importOne(
      'words',
      row('words kept', { studyKey: 'zz-study', received: 'zz-received', externalReads: [read('zz-reader')] }),
    );
    const rows = await api.owner.query({
      text: `SELECT count(*)::text AS n FROM journal.event WHERE convert_from(payload_bytes, 'UTF8') ~ 'zz-|words kept'
        OR convert_from(meta_bytes, 'UTF8') ~ 'zz-'`,
    });
    expect(rows[0]?.['n']).toBe('0');
    const views = await api.owner.query({
      text: `SELECT count(*)::text AS n FROM read_model.external_read WHERE detail::text ~ 'zz-'`,
    });
    expect(views[0]?.['n']).toBe('0');
  });
});
