import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, ApiUnderTest, lena, list, type Person, text } from '../testing/api-under-test.spec.ts';
import { claim, sampleProject } from '../testing/sample-project.spec.ts';

const otto: Person = { name: 'otto', role: 'operator' };
const elsewhere: Person = { ...otto, organisation: '33333333-3333-4333-8333-333333333333' as never };

const parkedQuery = '{ parkedStreams { streamId eventId eventType globalSeq errorClass parkedAt } }';
const decide = `mutation ($input: DecideParkedStreamInput!) {
  decideParkedStream(input: $input) { __typename ... on ParkedStreamDecided { token } ... on Refusal { message } } }`;

/** A case whose claim cannot be shown: its row is taken away before, and comes back later. */
describe('a parked stream', () => {
  let api: ApiUnderTest;
  let caseId = '';

  const parked = async (person: Person = otto): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const { body } = await api.ask(person, parkedQuery);
    return list({ ...body.data }, 'parkedStreams');
  };
  const input = async (change: object): Promise<object> => {
    const [stream] = await parked();
    const { streamId, eventId } = stream ?? {};
    return {
      input: { commandId: 'decide', streamId, eventId, decision: 'RETRY', reason: 'SOFTWARE_MENDED', ...change },
    };
  };
  const events = async (): Promise<number> => {
    const [row] = await api.owner.query({ text: 'SELECT count(*)::integer AS events FROM journal.event' });
    return Number(row?.['events']);
  };
  const view = async (sql: string): Promise<void> => {
    const [row] = await api.owner.query({ text: "SELECT n FROM read_model.generation WHERE status = 'active'" });
    await api.owner.query({ text: sql.replaceAll('VIEW', `view_${String(row?.['n'])}`) });
  };

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    const sample = await sampleProject(api, { readers: [ana], cases: 1 });
    caseId = sample.caseIds[0] ?? '';
    const held = await claim(api, ana, caseId, 'claim');
    await api.project();
    // The submission needs the row that the claim made.
    await view('CREATE TABLE VIEW.kept AS SELECT * FROM VIEW.read; DELETE FROM VIEW.read');
    await api.get(ana, 'mutation ($input: ReleaseReadInput!) { releaseRead(input: $input) { __typename } }', {
      input: { commandId: 'release', caseId, leaseToken: held.leaseToken },
    });
    await api.project();
  });

  afterAll(async () => api.stop());

  it('is shown to operators of its organisation, without content', async () => {
    expect(await parked()).toMatchObject([
      { streamId: `case-${caseId}`, eventType: 'readReleased', errorClass: 'RowMissing' },
    ]);
    expect(await parked(elsewhere)).toEqual([]);
    for (const person of [ana, lena]) {
      expect((await api.ask(person, parkedQuery)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it.each([
    ['a stream that is not parked', { streamId: 'case-77777777-7777-4777-8777-777777777777' }, 'NotFound'],
    ['another event', { eventId: '77777777-7777-4777-8777-777777777777' }, 'NotFound'],
    ['no stream', { streamId: 'x' }, 'Invalid'],
    ['no event', { eventId: 'x' }, 'Invalid'],
  ])('takes no decision about %s', async (_what, change, refusal) => {
    const before = await events();
    expect(await api.get(otto, decide, await input(change))).toMatchObject({ __typename: refusal });
    expect(await events()).toBe(before);
  });

  it('takes none from a lead, nor from another organisation', async () => {
    const before = await events();
    expect((await api.ask(lena, decide, await input({}))).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await api.get(elsewhere, decide, await input({}))).toMatchObject({ __typename: 'NotFound' });
    expect(await events()).toBe(before);
  });

  it('is tried again once somebody decided so, and shows', async () => {
    await api.project();
    await view('INSERT INTO VIEW.read SELECT * FROM VIEW.kept');
    const given = await input({ commandId: 'retry' });
    const answer = await api.get(otto, decide, given);
    expect(answer).toMatchObject({ __typename: 'ParkedStreamDecided' });
    await api.project();
    expect(await parked()).toEqual([]);
    const { body } = await api.ask(lena, `{ case(id: "${caseId}") { history { edges { node { type } } } } }`);
    expect(JSON.stringify(body.data)).toContain('readReleased');
    // The same command again gets the same answer, though nothing is parked any more.
    expect(text(await api.get(otto, decide, given), 'token')).toBe(text(answer, 'token'));
    const [event] = await api.owner.query({
      text: `SELECT convert_from(meta_bytes, 'UTF8')::jsonb AS meta FROM journal.event WHERE type = 'parkedStreamRetried'`,
    });
    expect(event?.['meta']).toMatchObject({ reasonCode: 'softwareMended', actor: { role: 'operator' } });
  });
});
