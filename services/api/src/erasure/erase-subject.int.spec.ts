import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, lena, list, type Person, stranger, text } from '../testing/api-under-test.spec.ts';
import { say, threadsShown } from '../testing/comments.spec.ts';
import { type Claim, claim, mutations, sampleCase, sampleProject, submission } from '../testing/sample-project.spec.ts';

const adam: Person = { name: 'adam', role: 'administrator' };
const auditor: Person = { name: 'audrey', role: 'auditor' };
const elsewhere: Person = { ...stranger, role: 'administrator' };
const erase = `mutation ($input: EraseSubjectInput!) { eraseSubject(input: $input) {
  __typename ... on SubjectErased { subjectId cases recipients { recipient purpose projectId exports } token } ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const begin = `mutation ($input: BeginExportInput!) { beginExport(input: $input) {
  __typename ... on ExportBegun { exportId } ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const input = (change: object): object => ({ input: { commandId: 'erase', reason: 'SUBJECT_REQUEST', ...change } });

/** Lets erasures through up to a number. */
const stopFunction = `
  CREATE FUNCTION journal.stop_after_first() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT count(*) FROM journal.event WHERE type = 'subjectErased') >= TG_ARGV[0]::integer THEN
      RAISE EXCEPTION 'the power went';
    END IF;
    RETURN NEW;
  END $$;`;

describe('erasing a subject', () => {
  let api: ApiUnderTest;
  let projectId = '';
  let caseIds: readonly string[] = [];
  let held: Claim;

  const texts = async (caseId: string): Promise<string> =>
    (
      await api.ask(
        lena,
        `{ case(id: "${caseId}") { externalKey images { description } sentences { text { es erased } } } }`,
      )
    ).text;
  const erasures = async (): Promise<number> => {
    const [row] = await api.owner.query({
      text: `SELECT count(*)::integer AS events FROM journal.event WHERE type = 'subjectErased'`,
    });
    return Number(row?.['events']);
  };
  const keys = async (): Promise<readonly unknown[]> =>
    (
      await api.owner.query({
        text: 'SELECT destroyed_at IS NULL AS kept FROM vault.subject_key ORDER BY created_at, 1',
      })
    ).map(({ kept }) => kept);

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    const sample = await sampleProject(api, { readers: [ana], cases: 2 });
    ({ projectId, caseIds } = sample);
    // A second case of the first subject, in the journal and not yet in the views.
    const another = { ...sampleCase(7), subjectKey: 'subject 0' };
    const imported = await api.get(lena, mutations.importCases, {
      input: { commandId: 'another', projectId, cases: [another] },
    });
    caseIds = [...caseIds, text(list(imported, 'rows')[0] ?? {}, 'caseId')];
    held = await claim(api, ana, caseIds[0] ?? '', 'claim');
    for (const [index, caseId] of caseIds.slice(0, 2).entries()) {
      await say(api, lena, 'openThread', { commandId: `ask ${String(index)}`, caseId, text: 'Is it derecho?' });
    }
    await api.project();
  });

  afterAll(async () => api.stop());

  it('is for administrators of the organisation alone', async () => {
    for (const person of [lena, ana]) {
      const { body } = await api.ask(person, erase, input({ subjectKey: 'subject 0' }));
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await api.get(elsewhere, erase, input({ subjectKey: 'subject 0' }))).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await erasures()).toBe(0);
  });

  it.each([
    ['neither id nor key', {}, 'Invalid'],
    ['both', { subjectId: '77777777-7777-4777-8777-777777777777', subjectKey: 'subject 0' }, 'Invalid'],
    ['an id that is none', { subjectId: 'subject 0' }, 'Invalid'],
    ['a key of nobody', { subjectKey: 'subject 9' }, 'NotFound'],
    ['an id of nobody', { subjectId: '77777777-7777-4777-8777-777777777777' }, 'NotFound'],
  ])('is refused with %s', async (_what, change, refusal) => {
    expect(await api.get(adam, erase, input(change))).toMatchObject({ __typename: refusal });
    expect(await erasures()).toBe(0);
    expect(await keys()).toEqual([true, true]);
  });

  it('is preceded by exports on record, each once, begun by whoever may read all', async () => {
    const given = { commandId: 'export', projectId, recipient: 'Registry', purpose: 'training' };
    const exported = async (person: Person, change: object = {}) =>
      api.get(person, begin, { input: { ...given, ...change } });
    const first = await exported(lena);
    expect(first).toMatchObject({ __typename: 'ExportBegun' });
    expect(await exported(lena)).toEqual(first);
    expect(await exported(lena, { recipient: 'Another' })).toMatchObject({ __typename: 'CommandIdReused' });
    expect(await exported(lena, { commandId: 'second' })).toMatchObject({ __typename: 'ExportBegun' });
    expect(await exported(auditor, { recipient: 'Ministry' })).toMatchObject({ __typename: 'ExportBegun' });
    expect(await exported(stranger)).toMatchObject({ __typename: 'NotFound' });
    for (const change of [{ recipient: ' ' }, { purpose: 'x'.repeat(201) }]) {
      expect(await exported(lena, { commandId: 'bad', ...change })).toMatchObject({ __typename: 'Invalid' });
    }
    const { body } = await api.ask(ana, begin, { input: given });
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('makes every text of every case of them unreadable at once, and nobody else’s', async () => {
    for (const caseId of caseIds) expect(await texts(caseId)).toContain('derecho');
    const answer = await api.get(adam, erase, input({ subjectKey: 'subject 0' }));
    expect(answer).toMatchObject({
      __typename: 'SubjectErased',
      cases: 2,
      recipients: [
        { recipient: 'Ministry', purpose: 'training', projectId, exports: 1 },
        { recipient: 'Registry', purpose: 'training', projectId, exports: 2 },
      ],
    });
    expect(await erasures()).toBe(2);
    expect((await keys()).toSorted()).toEqual([false, true]);
    // Before the views know of it.
    for (const caseId of [caseIds[0], caseIds[2]]) {
      const shown = await texts(caseId ?? '');
      expect(shown).not.toMatch(/derecho|case \d|PA view/);
      expect(shown).toContain('"erased":true');
    }
    expect(await texts(caseIds[1] ?? '')).toContain('derecho');
    expect(await threadsShown(api, lena, caseIds[0] ?? '')).toMatchObject([
      { comments: [{ text: null, retractedAt: null, revisions: [{ text: null }] }] },
    ]);
    expect(await threadsShown(api, lena, caseIds[1] ?? '')).toMatchObject([{ comments: [{ text: 'Is it derecho?' }] }]);
    await api.project();
    const { text: history } = await api.ask(
      lena,
      `{ case(id: "${caseIds[2] ?? ''}") { history { edges { node { type actorRole } } } } }`,
    );
    expect(history).toContain('{"type":"subjectErased","actorRole":"administrator"}');
  });

  it('is not told to those who read blindly', async () => {
    const { text: history } = await api.ask(
      ana,
      `{ case(id: "${caseIds[0] ?? ''}") { history { edges { node { type } } } } }`,
    );
    expect(history).toContain('readClaimed');
    expect(history).not.toContain('subjectErased');
  });

  it('takes no new text of theirs, by a read or by an import', async () => {
    expect(await api.get(ana, mutations.submitAnnotation, { input: submission('submit', held) })).toMatchObject({
      __typename: 'Invalid',
      problems: [{ code: 'SUBJECT_ERASED' }],
    });
    const said = { commandId: 'say', caseId: held.caseId, text: 'Too late.' };
    expect(await say(api, lena, 'openThread', said)).toMatchObject({
      __typename: 'Invalid',
      problems: [{ code: 'SUBJECT_ERASED' }],
    });
    const imported = await api.get(lena, mutations.importCases, {
      input: { commandId: 'late', projectId, cases: [{ ...sampleCase(8), subjectKey: 'subject 0' }, sampleCase(9)] },
    });
    expect(list(imported, 'rows')).toMatchObject([
      { outcome: 'INVALID', problems: [{ code: 'SUBJECT_ERASED' }] },
      { outcome: 'IMPORTED' },
    ]);
    expect(
      await api.get(ana, mutations.releaseRead, {
        input: { commandId: 'release', caseId: held.caseId, leaseToken: held.leaseToken },
      }),
    ).toMatchObject({ __typename: 'ReadEnded' });
  });

  it('leaves no case unflagged that was being imported meanwhile: it is refused, and others of its batch come in', async () => {
    const rows = [
      { ...sampleCase(20), subjectKey: 'meanwhile' },
      { ...sampleCase(21), subjectKey: 'meanwhile' },
      { ...sampleCase(22), subjectKey: 'somebody else' },
    ];
    const importing = async (commandId: string, cases: readonly object[]) =>
      api.get(lena, mutations.importCases, { input: { commandId, projectId, cases } });
    await importing('before', rows.slice(0, 1));
    // The texts of the next import are sealed, and its event stands before the journal until we let it in.
    await api.owner.execute({
      text: `CREATE FUNCTION journal.stand() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$`,
    });
    await api.owner.execute({
      text: `CREATE TRIGGER stand BEFORE INSERT ON journal.event FOR EACH ROW
        WHEN (NEW.type = 'caseImported') EXECUTE FUNCTION journal.stand()`,
    });
    let letIn = (): void => undefined;
    const holding = api.owner.transaction(async (transaction) => {
      await transaction.query({ text: 'SELECT pg_advisory_xact_lock(4711)' });
      await new Promise<void>((resolve) => {
        letIn = resolve;
      });
    });
    const late = importing('meanwhile', rows.slice(1));
    const waiting = `SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
      WHERE datname = current_database() AND locktype = 'advisory' AND objid = 4711 AND NOT granted`;
    for (let looks = 0; (await api.owner.query({ text: waiting })).length === 0; looks += 1) {
      if (looks > 500) throw new Error('the import does not come');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await api.get(adam, erase, input({ commandId: 'meanwhile', subjectKey: 'meanwhile' }))).toMatchObject({
      __typename: 'SubjectErased',
      cases: 1,
    });
    letIn();
    await holding;
    expect(list(await late, 'rows')).toMatchObject([
      { outcome: 'INVALID', problems: [{ code: 'SUBJECT_ERASED' }] },
      { outcome: 'IMPORTED' },
    ]);
    await api.owner.execute({ text: 'DROP TRIGGER stand ON journal.event' });
    const unflagged = await api.owner.query({
      text: `SELECT imported.stream_id FROM journal.event AS imported
        JOIN vault.subject_key ON subject_key.organisation = imported.organisation
          AND subject_key.subject_id = (convert_from(imported.payload_bytes, 'UTF8')::json ->> 'subjectId')::uuid
        WHERE imported.type = 'caseImported' AND subject_key.destroyed_at IS NOT NULL AND NOT EXISTS (
          SELECT FROM journal.event AS erased WHERE erased.stream_id = imported.stream_id AND erased.type = 'subjectErased')`,
    });
    expect(unflagged).toEqual([]);
  });

  it('is answered as done when it was, by the same command and by another', async () => {
    const before = await erasures();
    for (const commandId of ['erase', 'erase again']) {
      expect(await api.get(adam, erase, input({ commandId, subjectKey: 'subject 0' }))).toMatchObject({
        __typename: 'SubjectErased',
        cases: 2,
      });
    }
    expect(await erasures()).toBe(before);
  });

  it('reaches every case of somebody with more than fit into one transaction, once, after a crash too', async () => {
    const cases = Array.from({ length: 230 }, (_, index) => ({ ...sampleCase(1_000 + index), subjectKey: 'many' }));
    for (const part of [0, 100, 200]) {
      const rows = cases.slice(part, part + 100);
      await api.get(lena, mutations.importCases, {
        input: { commandId: `many ${String(part)}`, projectId, cases: rows },
      });
    }
    await api.project();
    const { text: found } = await api.ask(
      lena,
      `{ cases(projectId: "${projectId}", first: 100) { edges { node { id position } } } }`,
    );
    const [, last = ''] = /"id":"([^"]+)","position":1010}/.exec(found) ?? [];
    expect(await texts(last)).toContain('derecho');
    const before = await erasures();
    // As a crash after the first of three transactions would leave it.
    await api.owner.execute({ text: stopFunction });
    await api.owner.execute({
      text: `CREATE TRIGGER stop_after_first BEFORE INSERT ON journal.event FOR EACH ROW
        WHEN (NEW.type = 'subjectErased') EXECUTE FUNCTION journal.stop_after_first(${String(before + 100)})`,
    });
    const stopped = await api.ask(adam, erase, input({ commandId: 'many', subjectKey: 'many' }));
    expect(stopped.body.errors).toHaveLength(1);
    expect(await erasures()).toBe(before + 100);
    expect(await texts(last)).not.toContain('derecho');
    await api.owner.execute({ text: 'DROP TRIGGER stop_after_first ON journal.event' });
    for (const commandId of ['many', 'many', 'many again']) {
      expect(await api.get(adam, erase, input({ commandId, subjectKey: 'many' }))).toMatchObject({ cases: 230 });
      expect(await erasures()).toBe(before + 230);
    }
  });

  it('destroys again a key that came back with an older copy of the vault, or with none', async () => {
    await api.owner.execute({
      text: `UPDATE vault.subject_key SET wrapped_key = 'again', destroyed_at = NULL WHERE destroyed_at IS NOT NULL`,
    });
    const again = 'SELECT vault.destroy_keys_of_erased() AS destroyed';
    expect(await api.owner.query({ text: again })).toEqual([{ destroyed: 3 }]);
    expect(await api.owner.query({ text: again })).toEqual([{ destroyed: 0 }]);
    await api.owner.execute({ text: 'DELETE FROM vault.subject_key WHERE destroyed_at IS NOT NULL' });
    expect(await api.owner.query({ text: again })).toEqual([{ destroyed: 3 }]);
    expect((await keys()).filter((kept) => kept === false)).toEqual([false, false, false]);
  });
});
