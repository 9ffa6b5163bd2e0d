import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import {
  claim,
  claimOf,
  everythingOfACase,
  mutations,
  sampleCase,
  type SampleProject,
  submission,
  undoPreview,
} from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});

afterAll(async () => api.stop());

const eventCount = async (): Promise<unknown> =>
  (await api.owner.query({ text: 'SELECT count(*) AS events FROM journal.event' }))[0]?.['events'];

const caseNow = async (id: string, person: Person = lena): Promise<Fields> => {
  await api.project();
  return api.get(person, `query ($id: ID!) { case(id: $id) { ${everythingOfACase} } }`, { id });
};

const historyOf = (shown: Fields): readonly Fields[] =>
  list(shown['history'] as Fields, 'edges').map((edge) => edge['node'] as Fields);
const typesOf = (shown: Fields): readonly unknown[] => historyOf(shown).map(({ type }) => type);

async function read(person: Person, caseId: string, commandId = `${person.name} ${caseId}`): Promise<string> {
  const held = await claim(api, person, caseId, `claim ${commandId}`);
  const input = submission(`submit ${commandId}`, held);
  return text(await api.get(person, mutations.submitAnnotation, { input }), 'annotationId');
}

/** Its own each time: command ids of one person must not meet. */
let projects = 0;
async function project(cases: number, protocol: object = {}): Promise<SampleProject> {
  projects += 1;
  const lead: Person = { name: `lead ${projects}`, role: 'lead' };
  const readers = [ana, ben, cara];
  const created = await api.get(lead, mutations.createProject, {
    input: {
      commandId: 'create',
      name: `Project ${projects}`,
      protocol: {
        readsPerCase: 2,
        labels: [{ term: 'nodule' }],
        attributes: [{ kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 }],
        ...protocol,
      },
    },
  });
  const projectId = text(created, 'projectId');
  for (const reader of readers) {
    const input = { commandId: `register ${reader.name}`, projectId, personId: personIdOf(reader) };
    await api.get(lead, mutations.registerAnnotator, { input });
  }
  const input = {
    commandId: `import ${projects}`,
    projectId,
    cases: Array.from({ length: cases }, (_, at) => sampleCase(at)),
  };
  const imported = await api.get(lena, mutations.importCases, { input });
  await api.project();
  return { projectId, caseIds: list(imported, 'rows').map((row) => text(row, 'caseId')) };
}

const reasons = { reasonCode: 'ENTERED_BY_MISTAKE', note: 'another patient' };
const withdraw = (commandId: string, caseId: string, annotationId: string, revision = 1) =>
  api.get(lena, mutations.withdrawAnnotation, { input: { commandId, caseId, annotationId, revision, ...reasons } });
const restore = (commandId: string, caseId: string, annotationId: string, revision = 1) =>
  api.get(lena, mutations.restoreAnnotation, { input: { commandId, caseId, annotationId, revision, ...reasons } });

describe('a withdrawn annotation', () => {
  it('opens the case again, and comes back as a new revision with the same content', async () => {
    const [caseId = ''] = (await project(1)).caseIds;
    const ofAna = await read(ana, caseId);
    await read(ben, caseId);
    await api.project();
    await settle(api, caseId);
    const before = await caseNow(caseId);
    expect(before).toMatchObject({ status: 'SETTLED', readsSubmitted: 2 });

    expect(await withdraw('w 1', caseId, ofAna)).toMatchObject({ __typename: 'AnnotationWithdrawn' });
    const open = await caseNow(caseId);
    expect(open).toMatchObject({ status: 'READING', readsSubmitted: 1, consensus: null });
    expect(list(open, 'annotations').map(({ id }) => id)).not.toContain(ofAna);
    // The history names every revision that can be brought back.
    const given = historyOf(open).find(({ type }) => type === 'annotationSubmitted') ?? {};
    expect(JSON.parse(text(given, 'detail'))).toEqual({ annotationId: ofAna, revision: 1 });
    expect(typesOf(open).slice(-2)).toEqual(['readsReopened', 'annotationWithdrawn']);
    expect(historyOf(open).at(-1)).toMatchObject({ actorId: personIdOf(lena), actorRole: 'lead' });
    expect(JSON.parse(text(historyOf(open).at(-1) ?? {}, 'detail'))).toEqual({
      annotationId: ofAna,
      revision: 1,
      reason: 'enteredByMistake',
      note: 'another patient',
    });

    expect(await restore('r 1', caseId, ofAna)).toMatchObject({ __typename: 'AnnotationRestored', revision: 2 });
    const back = await caseNow(caseId);
    expect(back).toMatchObject({ status: 'AWAITING_CONSENSUS', readsSubmitted: 2, consensus: null });
    expect(typesOf(back).slice(-2)).toEqual(['annotationAmended', 'readsCompleted']);
    const contentOf = (shown: Fields) =>
      list(shown, 'annotations').map(({ revision: _, submittedAt: __, ...rest }) => rest);
    expect(contentOf(back)).toEqual(contentOf(before));
    expect(JSON.stringify(contentOf(back))).toContain('A nodule.');
  });

  it('is answered the same when the command is sent again, and refused when it is another', async () => {
    const [caseId = ''] = (await project(1)).caseIds;
    const ofAna = await read(ana, caseId);
    const first = await withdraw('w 2', caseId, ofAna);
    const events = await eventCount();
    expect(await withdraw('w 2', caseId, ofAna)).toEqual(first);
    expect(await withdraw('w 2', caseId, ofAna, 2)).toMatchObject({ __typename: 'CommandIdReused' });
    expect(await withdraw('w 3', caseId, ofAna)).toMatchObject({ __typename: 'NotUndone', why: 'NOTHING_COUNTS' });
    expect(await restore('r 2', caseId, ofAna, 2)).toMatchObject({ __typename: 'NotUndone', why: 'REVISION_UNKNOWN' });
    expect(await eventCount()).toBe(events);
  });

  it('lets its annotator read the case again, and is not restored over that', async () => {
    const { projectId, caseIds } = await project(1);
    const [caseId = ''] = caseIds;
    const ofAna = await read(ana, caseId);
    await withdraw('w 4', caseId, ofAna);
    const own = await caseNow(caseId, ana);
    expect(own).toMatchObject({ status: 'READING', annotations: [] });
    expect(typesOf(own)).toEqual(['caseImported', 'readClaimed', 'annotationSubmitted', 'annotationWithdrawn']);
    // What somebody else wrote of it may speak of others.
    expect(text(historyOf(own).at(-1) ?? {}, 'detail')).not.toContain('another patient');
    // Its queue offers it, too.
    const next = await api.get(ana, mutations.claimNextCase, { input: { commandId: 'once more', projectId } });
    const held = claimOf(next);
    expect(held.caseId).toBe(caseId);
    expect(await restore('r 3', caseId, ofAna)).toMatchObject({ __typename: 'NotUndone', why: 'READ_HELD' });
    const again = await api.get(ana, mutations.submitAnnotation, { input: submission('once more 2', held) });
    expect(again).toMatchObject({ __typename: 'AnnotationSubmitted', revision: 2 });
    expect(await caseNow(caseId)).toMatchObject({ readsSubmitted: 1 });
    // The earlier one over the later: the later counted until now, so the number of reads stays.
    expect(await restore('r 4', caseId, ofAna)).toMatchObject({ __typename: 'AnnotationRestored', revision: 3 });
    const shown = await caseNow(caseId);
    expect(shown).toMatchObject({ readsSubmitted: 1, annotations: [{ id: ofAna, revision: 3 }] });
  });

  it('does not come back where others have taken its place', async () => {
    const [caseId = ''] = (await project(1)).caseIds;
    const ofAna = await read(ana, caseId);
    await read(ben, caseId);
    await withdraw('w 5', caseId, ofAna);
    await read(cara, caseId);
    expect(await restore('r 5', caseId, ofAna)).toMatchObject({ __typename: 'NotUndone', why: 'NO_PLACE' });
    expect(await caseNow(caseId)).toMatchObject({ status: 'AWAITING_CONSENSUS', readsSubmitted: 2 });
  });
});

const preview = async (input: object, person: Person = lena, page: object = {}): Promise<Fields> =>
  api.get(person, undoPreview, { input, ...page });
const undo = async (commandId: string, of: object, previewToken: unknown, rest: object = {}): Promise<Fields> =>
  api.get(lena, mutations.undoChanges, {
    input: { commandId, of, previewToken, reasonCode: 'ACCOUNT_COMPROMISED', ...rest },
  });

describe('undoing what one person submitted', () => {
  it('does what the preview showed, in parts, and nothing twice', async () => {
    const { projectId, caseIds } = await project(5);
    for (const caseId of caseIds) await read(ana, caseId);
    await read(ben, caseIds[0] ?? '');
    await api.project();
    const of = { projectId, personId: personIdOf(ana) };
    const shown = await preview(of, lena, { first: 2 });
    expect(shown).toMatchObject({
      counts: { possible: 5, impossible: 0, reopened: 1 },
      more: false,
      pageInfo: { hasNextPage: true },
    });
    const pages = [shown];
    while ((pages.at(-1)?.['pageInfo'] as Fields)['hasNextPage'] === true) {
      pages.push(await preview(of, lena, { first: 2, after: (pages.at(-1)?.['pageInfo'] as Fields)['endCursor'] }));
    }
    const nodes = pages.flatMap((page) => list(page, 'edges').map((edge) => edge['node'] as Fields));
    expect(nodes.map(({ caseId }) => caseId)).toEqual([...caseIds].sort());
    expect(new Set(pages.map(({ token }) => token)).size).toBe(1);

    const token = shown['token'];
    const some = await undo('undo ana', of, token, { limit: 2 });
    expect(some).toMatchObject({ __typename: 'ChangesUndone', done: 2, refused: 0, remaining: 3 });
    const rest = await undo('undo ana', of, token);
    expect(rest).toMatchObject({ done: 5, refused: 0, remaining: 0 });
    const events = await eventCount();
    expect(await undo('undo ana', of, token)).toEqual(rest);
    expect(await eventCount()).toBe(events);
    await api.project();
    for (const caseId of caseIds) {
      const now = await caseNow(caseId);
      expect(typesOf(now).filter((type) => type === 'annotationWithdrawn')).toHaveLength(1);
      expect(now).toMatchObject({ status: 'READING', readsSubmitted: caseId === caseIds[0] ? 1 : 0 });
    }
    const progress = 'query ($id: ID!) { project(id: $id) { progress { cases readsSubmitted } } }';
    expect(await api.get(lena, progress, { id: projectId })).toEqual({ progress: { cases: 5, readsSubmitted: 1 } });
    expect(await preview(of)).toMatchObject({ edges: [], counts: { possible: 0 } });
    const causes = await api.owner.query({
      text: `SELECT DISTINCT convert_from(event.meta_bytes, 'UTF8')::jsonb ->> 'correlationId' AS cause
        FROM journal.event WHERE event.type = 'annotationWithdrawn' AND event.stream_id = ANY ($1)`,
      values: [caseIds.map((caseId) => `case-${caseId}`)],
    });
    expect(causes).toHaveLength(1);
  });

  it('is refused as stale when anything of it has changed', async () => {
    const { projectId, caseIds } = await project(2);
    for (const caseId of caseIds) await read(ana, caseId);
    const of = { projectId, personId: personIdOf(ana) };
    const { token } = await preview(of);
    await read(ben, caseIds[0] ?? '');
    const events = await eventCount();
    expect(await undo('stale', of, token)).toMatchObject({ __typename: 'PreviewStale' });
    expect(await undo('stale 2', of, 'forged')).toMatchObject({ __typename: 'PreviewStale' });
    expect(await undo('stale 3', { ...of, to: new Date(0).toISOString() }, token)).toMatchObject({
      __typename: 'PreviewStale',
    });
    expect(await eventCount()).toBe(events);
  });

  it('leaves alone a case that changed after the plan was made', async () => {
    const { projectId, caseIds } = await project(2);
    const annotations = new Map<string, string>();
    for (const caseId of caseIds) annotations.set(caseId, await read(ana, caseId));
    const of = { projectId, personId: personIdOf(ana) };
    const { token } = await preview(of);
    const [first = '', second = ''] = [...caseIds].sort();
    expect(await undo('changed', of, token, { limit: 1 })).toMatchObject({ done: 1, remaining: 1 });
    await withdraw('before the undo', second, annotations.get(second) ?? '');
    expect(await undo('changed', of, token)).toMatchObject({
      done: 1,
      refused: 1,
      remaining: 0,
      cases: [
        { caseId: first, why: null },
        { caseId: second, why: 'NOTHING_COUNTS', token: null },
      ],
    });
  });

  it('takes only what was submitted within the interval', async () => {
    const { projectId, caseIds } = await project(2);
    await read(ana, caseIds[0] ?? '');
    const rows = await api.owner.query({
      text: "SELECT (extract(epoch FROM max(event.recorded_at)) * 1000)::float8 AS ms FROM journal.event WHERE event.type = 'annotationSubmitted'",
    });
    const at = Number(rows[0]?.['ms']);
    const instant = (ms: number): string => new Date(ms).toISOString();
    const of = { projectId, personId: personIdOf(ana) };
    const possible = async (interval: object): Promise<unknown> => (await preview({ ...of, ...interval }))['counts'];
    for (const shown of [false, true]) {
      if (shown) await api.project();
      expect(await possible({ from: instant(at), to: instant(at + 1) })).toMatchObject({ possible: 1 });
      expect(await possible({ to: instant(at) })).toMatchObject({ possible: 0 });
      expect(await possible({ from: instant(at + 1) })).toMatchObject({ possible: 0 });
    }
  });
});

describe('undoing an import', () => {
  it('withdraws its cases from queue, lists and figures, and lets them return', async () => {
    const { projectId, caseIds } = await project(3);
    const importCommandId = `import ${projects}`;
    const [ofRead = '', ofHeld = ''] = caseIds;
    await read(ana, ofRead);
    await read(ben, ofRead);
    await settle(api, ofRead);
    const held = await claim(api, ben, ofHeld, 'held');
    await api.project();
    const careful = await preview({ projectId, importCommandId });
    expect(careful).toMatchObject({ counts: { possible: 2, impossible: 1, reopened: 0 } });
    expect(list(careful, 'edges').map((edge) => edge['node'])).toContainEqual(
      expect.objectContaining({ caseId: ofRead, action: 'WITHDRAW_CASE', why: 'HAS_READS', reads: 2 }),
    );
    const of = { projectId, importCommandId, withReads: true };
    const all = await preview(of);
    expect(all).toMatchObject({ counts: { possible: 3, impossible: 0, reopened: 1 } });
    const input = { reasonCode: 'IMPORT_FAULTY', note: 'columns mixed up' };
    expect(await undo('undo import', of, all['token'], input)).toMatchObject({ done: 3, remaining: 0 });

    const gone = await caseNow(ofRead);
    expect(gone).toMatchObject({ status: 'WITHDRAWN', consensus: null, readsSubmitted: 2 });
    expect(typesOf(gone).slice(-2)).toEqual(['readsReopened', 'caseWithdrawn']);
    const listed =
      'query ($id: ID!, $status: CaseStatus) { cases(projectId: $id, status: $status) { edges { node { id } } } }';
    expect(await api.get(lena, listed, { id: projectId })).toEqual({ edges: [] });
    expect(list(await api.get(lena, listed, { id: projectId, status: 'WITHDRAWN' }), 'edges')).toHaveLength(3);
    const progress =
      'query ($id: ID!) { project(id: $id) { progress { cases reading settled withdrawn readsSubmitted } } }';
    expect(await api.get(lena, progress, { id: projectId })).toEqual({
      progress: { cases: 0, reading: 0, settled: 0, withdrawn: 3, readsSubmitted: 0 },
    });
    const queue = 'query ($id: ID!) { myQueue(projectId: $id) { available held { caseId } } }';
    expect(await api.get(ben, queue, { id: projectId })).toEqual({ available: 0, held: [] });
    expect(await api.get(cara, mutations.claimNextCase, { input: { commandId: 'next', projectId } })).toMatchObject({
      __typename: 'NothingToClaim',
    });
    expect(await api.get(ben, mutations.submitAnnotation, { input: submission('late', held) })).toMatchObject({
      __typename: 'StaleLease',
    });
    expect(await caseNow(ofHeld, ben)).toMatchObject({ status: 'WITHDRAWN' });

    const repeat = { commandId: 'import again', projectId, cases: [sampleCase(0)] };
    expect(await api.get(lena, mutations.importCases, { input: repeat })).toMatchObject({
      rows: [{ outcome: 'WITHDRAWN', caseId: ofRead }],
    });

    const reinstate = { commandId: 'back', caseId: ofRead, reasonCode: 'OTHER' };
    expect(await api.get(lena, mutations.reinstateCase, { input: reinstate })).toMatchObject({
      __typename: 'CaseReinstated',
    });
    const back = await caseNow(ofRead);
    expect(back).toMatchObject({ status: 'AWAITING_CONSENSUS', consensus: null, readsSubmitted: 2 });
    const again = { ...reinstate, commandId: 'back again' };
    expect(await api.get(lena, mutations.reinstateCase, { input: again })).toMatchObject({ why: 'CASE_NOT_WITHDRAWN' });
  });

  it('can be of somebody else, by name', async () => {
    const { projectId } = await project(1);
    const importCommandId = `import ${projects}`;
    const other: Person = { name: 'adam', role: 'administrator' };
    const notTheirs = await api.ask(other, undoPreview, { input: { projectId, importCommandId } });
    expect(notTheirs.body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const shown = await preview({ projectId, importCommandId, importedBy: personIdOf(lena) }, other);
    expect(shown).toMatchObject({ counts: { possible: 1 } });
  });
});

describe('who may undo', () => {
  const codeOf = async (person: Person, input: object): Promise<unknown> =>
    (await api.ask(person, undoPreview, { input })).body.errors?.[0]?.extensions.code;

  it('is leads and administrators of the organisation who read nothing there', async () => {
    const { projectId, caseIds } = await project(1);
    const [caseId = ''] = caseIds;
    const ofBen = await read(ben, caseId);
    const of = { projectId, personId: personIdOf(ben) };
    for (const role of ['annotator', 'reviewer', 'adjudicator', 'auditor', 'operator'] as const) {
      expect(await codeOf({ name: 'someone', role }, of)).toBe('FORBIDDEN');
    }
    expect(await codeOf(stranger, of)).toBe('NOT_FOUND');
    const anaAsLead: Person = { name: 'ana', role: 'lead' };
    expect(await codeOf(anaAsLead, of)).toBe('FORBIDDEN');
    const events = await eventCount();
    const asks: readonly (readonly [string, object])[] = [
      [mutations.undoChanges, { commandId: 'h1', of, previewToken: 'x', reasonCode: 'OTHER' }],
      [
        mutations.withdrawAnnotation,
        { commandId: 'h2', caseId, annotationId: ofBen, revision: 1, reasonCode: 'OTHER' },
      ],
      [mutations.restoreAnnotation, { commandId: 'h3', caseId, annotationId: ofBen, revision: 1, reasonCode: 'OTHER' }],
      [mutations.reinstateCase, { commandId: 'h4', caseId, reasonCode: 'OTHER' }],
    ];
    for (const [mutation, input] of asks) {
      expect(await api.get(anaAsLead, mutation, { input })).toMatchObject({ __typename: 'ReadsHidden' });
      expect(await api.get(stranger, mutation, { input })).toMatchObject({ __typename: 'NotFound' });
      expect((await api.ask(ana, mutation, { input })).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await eventCount()).toBe(events);
  });

  it('learns who read what nowhere where the source withholds it', async () => {
    const { projectId, caseIds } = await project(1, { readerIdentity: 'NOT_PUBLISHED' });
    await read(ben, caseIds[0] ?? '');
    const of = { projectId, personId: personIdOf(ben) };
    expect(await codeOf(lena, of)).toBe('FORBIDDEN');
    expect(await undo('withheld', of, 'x')).toMatchObject({ __typename: 'ReadsHidden' });
    expect(await preview({ projectId, importCommandId: `import ${projects}` })).toMatchObject({
      counts: { impossible: 1 },
    });
  });

  it('is written down with the cases a preview shows', async () => {
    const { projectId, caseIds } = await project(1);
    await preview({ projectId, importCommandId: `import ${projects}` });
    const [last] = await api.owner.query({
      text: 'SELECT actor_id, actions, case_ids FROM audit.read_access ORDER BY number DESC LIMIT 1',
    });
    expect(last).toMatchObject({ actor_id: personIdOf(lena), actions: ['entry.undo'], case_ids: caseIds });
  });
});
