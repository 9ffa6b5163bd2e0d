import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId } from '@consilium/domain';
import { Database, hasSqlState, type Queryable, readText, sqlState } from '@consilium/postgres';
import {
  ApiUnderTest,
  list,
  organisation,
  otherOrganisation,
  type Person,
  personIdOf,
  text,
} from '../testing/api-under-test.spec.ts';
import { claim, mutations, sampleCase, submission } from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

/*
 * Raw SQL as the role of the API, which a fault or an injection there could send: whatever table or view with an organisation there
 * is, of today or of a later migration, gives no row of another organisation and takes none. The tables come from the catalogue.
 */

let api: ApiUnderTest;
let asApi: Database;
let ours: Queryable;

interface Relation {
  readonly name: string;
  readonly isTable: boolean;
  readonly isGuarded: boolean;
}

let relations: readonly Relation[];

beforeAll(async () => {
  api = await ApiUnderTest.start();
  asApi = new Database({ url: api.databaseUrl, role: 'consilium_api', applicationName: 'rls-spec', poolSize: 2 });
  ours = asApi.forOrganisation(organisation);
  await fill(organisation);
  await fill(otherOrganisation);
  relations = await relationsOf(api.owner);
});
afterAll(async () => {
  await asApi.close();
  await api.stop();
});

/** A bit of everything in one organisation, so that there are rows that could be seen. */
async function fill(of: OrganisationId): Promise<void> {
  const [lead, reader]: readonly [Person, Person] = [
    { name: 'lead', role: 'lead', organisation: of },
    { name: 'reader', role: 'annotator', organisation: of },
  ];
  const change = (name: string, type: string): string => `mutation ($input: ${type}!) { ${name}(input: $input) {
    __typename ... on Refusal { message } } }`;
  let commands = 0;
  const run = async (person: Person, query: string, given: object) => {
    commands += 1;
    return api.get(person, query, { input: { commandId: `fill ${commands}`, ...given } });
  };
  const protocol = {
    readsPerCase: 1,
    labels: [{ term: 'nodule', group: 'lung' }],
    attributes: [{ kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 }],
  };
  const projectId = text(await run(lead, mutations.createProject, { name: 'Filled', protocol }), 'projectId');
  const person = { projectId, personId: personIdOf(reader) };
  await run(lead, mutations.registerAnnotator, person);
  await run(lead, change('qualifyAnnotator', 'QualifyAnnotatorInput'), {
    ...person,
    qualification: { findingGroup: 'lung' },
  });
  await run(lead, change('pauseAnnotator', 'PauseAnnotatorInput'), { ...person, reason: 'LEAVE' });
  await run(lead, change('resumeAnnotator', 'ResumeAnnotatorInput'), person);
  await run(lead, change('addMember', 'MemberInput'), { projectId, personId: personIdOf(lead), role: 'LEAD' });
  const imported = await run(lead, mutations.importCases, { projectId, cases: [sampleCase(0)] });
  const [caseId = ''] = list(imported, 'rows').map((row) => text(row, 'caseId'));
  const held = await claim(api, reader, caseId, `claim of ${of}`);
  await api.get(reader, mutations.submitAnnotation, { input: submission(`submit of ${of}`, held) });
  await settle(api, caseId, of);
  await run(lead, mutations.adoptProtocol, { projectId, protocol });
  await api.project();
  const of2 = { projectId, protocolVersion: 2 };
  const preview = await api.get(
    lead,
    `query ($input: ProtocolMoveInput!) { protocolMovePreview(input: $input) { token } }`,
    {
      input: of2,
    },
  );
  await run(lead, change('moveProtocol', 'MoveProtocolInput'), { of: of2, previewToken: text(preview, 'token') });
  await run(lead, change('beginExport', 'BeginExportInput'), { projectId, recipient: 'them', purpose: 'research' });
  await api.project();
  await api.get(lead, 'query ($id: ID!) { case(id: $id) { externalKey } }', { id: caseId });
}

async function relationsOf(owner: Queryable): Promise<readonly Relation[]> {
  const rows = await owner.query({
    text: `SELECT format('%I.%I', space.nspname, relation.relname) AS name,
        CASE WHEN relation.relkind = 'v' THEN 'view' ELSE 'table' END AS kind,
        CASE WHEN relation.relrowsecurity OR 'security_invoker=true' = ANY (relation.reloptions)
          THEN 'guarded' ELSE 'open' END AS guard
      FROM pg_class AS relation
      JOIN pg_namespace AS space ON space.oid = relation.relnamespace
      JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid AND attribute.attname = 'organisation'
      WHERE relation.relkind IN ('r', 'p', 'v', 'm') AND NOT attribute.attisdropped
        AND space.nspname NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1`,
  });
  return rows.map((row) => ({
    name: readText(row, 'name'),
    isTable: readText(row, 'kind') === 'table',
    isGuarded: readText(row, 'guard') === 'guarded',
  }));
}

/** Of each relation, under its name: what fails shows which. */
async function ofEach<Value>(look: (relation: Relation) => Promise<Value>): Promise<Readonly<Record<string, Value>>> {
  const found: Record<string, Value> = {};
  for (const relation of relations) found[relation.name] = await look(relation);
  return found;
}

const organisationsIn = async (session: Queryable, name: string): Promise<readonly string[] | 'refused'> => {
  try {
    const rows = await session.query({ text: `SELECT DISTINCT organisation::text AS organisation FROM ${name}` });
    return rows.map((row) => readText(row, 'organisation')).sort();
  } catch (error) {
    if (hasSqlState(error, sqlState.insufficientPrivilege)) return 'refused';
    throw error;
  }
};

/** How many rows a statement changed, or that it was refused. */
async function changed(session: Queryable, statement: string, values: readonly unknown[]): Promise<number | 'refused'> {
  try {
    return await session.execute({ text: statement, values });
  } catch (error) {
    if (hasSqlState(error, sqlState.insufficientPrivilege)) return 'refused';
    throw error;
  }
}

const all = <Value>(value: Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(relations.map(({ name }) => [name, value]));

/** What `fill` does not reach; a new table stands here or is filled. */
const notFilled = [
  'journal.pending',
  'read_model.adjudication',
  'read_model.adjudication_vote',
  'read_model.alert',
  'read_model.answer_score',
  'read_model.case_assignment',
  'read_model.case_flag',
  'read_model.external_read',
  'read_model.gold',
  'read_model.gold_truth',
  'read_model.late_annotation',
  'read_model.outdated_annotation',
  'read_model.review',
  'read_model.sentence_change',
  'read_model.thread_event',
  'read_model.translation_question',
  'view_1.adjudication',
  'view_1.adjudication_vote',
  'view_1.alert',
  'view_1.answer_score',
  'view_1.case_assignment',
  'view_1.case_flag',
  'view_1.external_read',
  'view_1.gold',
  'view_1.gold_truth',
  'view_1.late_annotation',
  'view_1.outdated_annotation',
  'view_1.review',
  'view_1.sentence_change',
  'view_1.thread_event',
  'view_1.translation_question',
  'work.draft',
  'work.time_on_task',
];

describe('every table and view with an organisation', () => {
  it('is found, those of journal, vault, audit and the views', () => {
    const names = relations.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'journal.event',
        'journal.claim',
        'vault.subject_key',
        'audit.read_access',
        'audit.export',
        'read_model.case_state',
        'read_model.change',
        'read_model.qualification_version',
        'view_1.member_version',
      ]),
    );
  });

  it('has row-level security, and a view that of whoever asks', async () => {
    expect(await ofEach(async ({ isGuarded }) => isGuarded)).toEqual(all(true));
  });

  it('shows the API rows of its organisation only, and none where it names none', async () => {
    // Where there is nothing of others, nothing would be proved: what waits for its number is gone when it has got it.
    const both = await ofEach(async ({ name }) => organisationsIn(api.owner, name));
    expect(Object.entries(both).filter(([, found]) => found.length !== 2)).toEqual(notFilled.map((name) => [name, []]));
    const mine = await ofEach(async ({ name }) => organisationsIn(ours, name));
    const foreign = Object.entries(mine).filter(
      ([, found]) => found !== 'refused' && found.some((each) => each !== organisation),
    );
    expect(foreign).toEqual([]);
    const unseen = Object.entries(mine).filter(([name, found]) => found.length === 0 && !notFilled.includes(name));
    expect(unseen).toEqual([]);
    const nobodys = await ofEach(async ({ name }) => organisationsIn(asApi, name));
    expect(Object.entries(nobodys).filter(([, found]) => found !== 'refused' && found.length > 0)).toEqual([]);
    // And it is not that nothing is seen at all.
    expect(Object.values(mine).filter((found) => found !== 'refused').length).toBeGreaterThan(relations.length / 2);
  });

  it('takes no row for another organisation', async () => {
    const inserted = await ofEach(async ({ name }) => {
      const row = (await api.owner.query({ text: `SELECT to_jsonb(t)::text AS row FROM ${name} AS t LIMIT 1` }))[0];
      const content = {
        ...(row === undefined ? {} : (JSON.parse(readText(row, 'row')) as object)),
        organisation: otherOrganisation,
      };
      const statement = `INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::${name}, $1)`;
      return changed(ours, statement, [JSON.stringify(content)]);
    });
    expect(inserted).toEqual(all('refused'));
  });

  it('lets none of theirs be changed, taken or removed, and none of ours be given away', async () => {
    const before = await counts();
    const theirs = await ofEach(async ({ name }) => [
      await changed(ours, `UPDATE ${name} SET organisation = $1 WHERE organisation = $2`, [
        organisation,
        otherOrganisation,
      ]),
      await changed(ours, `DELETE FROM ${name} WHERE organisation = $1`, [otherOrganisation]),
    ]);
    expect(Object.entries(theirs).filter(([, done]) => done.some((each) => each !== 0 && each !== 'refused'))).toEqual(
      [],
    );
    const given = await ofEach(async ({ name }) =>
      changed(ours, `UPDATE ${name} SET organisation = $1`, [otherOrganisation]),
    );
    // An empty table has nothing to give away.
    const isRefused = ([name, done]: readonly [string, unknown]): boolean =>
      done === 'refused' || (done === 0 && notFilled.includes(name));
    expect(Object.entries(given).filter((each) => !isRefused(each))).toEqual([]);
    expect(await counts()).toEqual(before);
  });
});

const counts = async () =>
  ofEach(async ({ name }) =>
    api.owner.query({
      text: `SELECT t.organisation::text, count(*)::text AS rows FROM ${name} AS t GROUP BY 1 ORDER BY 1`,
    }),
  );
