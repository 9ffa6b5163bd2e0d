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
  text,
} from '../testing/api-under-test.spec.ts';
import { commentMutations, say, textsShown, threadsShown } from '../testing/comments.spec.ts';
import { claim, mutations, type SampleProject, sampleProject, submission } from '../testing/sample-project.spec.ts';
import { dispute, settle } from '../testing/settle-case.spec.ts';

const rita: Person = { name: 'rita', role: 'reviewer' };
const adam: Person = { name: 'adam', role: 'administrator' };
const audrey: Person = { name: 'audrey', role: 'auditor' };
const judith: Person = { name: 'judith', role: 'adjudicator' };
const julia: Person = { name: 'julia', role: 'adjudicator' };
const otto: Person = { name: 'otto', role: 'operator' };

let api: ApiUnderTest;
let sample: SampleProject;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const protocol = { readsPerCase: 2, readsMaximum: 2, amendWindowSeconds: 0 };
  sample = await sampleProject(api, { readers: [ana, ben, cara], cases: 9, protocol });
});
afterAll(async () => api.stop());

let commands = 0;
const commandId = (): string => `command ${String((commands += 1))}`;
const caseAt = (index: number): string => sample.caseIds[index] ?? '';

async function read(reader: Person, caseId: string): Promise<void> {
  const held = await claim(api, reader, caseId, commandId());
  const answer = await api.get(reader, mutations.submitAnnotation, { input: submission(commandId(), held) });
  expect(answer).toMatchObject({ __typename: 'AnnotationSubmitted' });
  await api.project();
}

const open = async (person: Person, caseId: string, said: string, about: object = {}): Promise<Fields> =>
  say(api, person, 'openThread', { commandId: commandId(), caseId, text: said, ...about });
const reply = async (person: Person, caseId: string, threadId: unknown, said: string): Promise<Fields> =>
  say(api, person, 'addComment', { commandId: commandId(), caseId, threadId, text: said });
const shown = async (person: Person, caseId: string, fields: string): Promise<Fields> =>
  api.get(person, `query ($id: ID!) { case(id: $id) { ${fields} } }`, { id: caseId });

describe('a thread', () => {
  it('is opened, answered, corrected, resolved and opened again, and its history is kept', async () => {
    const caseId = caseAt(0);
    const first = await open(lena, caseId, 'Is the image turned?');
    expect(first).toMatchObject({ __typename: 'ThreadOpened', caseId });
    const { threadId, commentId } = first;
    expect(await reply(rita, caseId, threadId, 'No, the marker is.')).toMatchObject({ __typename: 'CommentAdded' });
    const correction = { commandId: commandId(), caseId, commentId, revision: 1, text: 'Is the image mirrored?' };
    const corrected = { __typename: 'CommentCorrected', revision: 2 };
    expect(await say(api, lena, 'correctComment', correction)).toMatchObject(corrected);
    // A repeat is answered as before and changes nothing; another from the same revision comes too late.
    expect(await say(api, lena, 'correctComment', correction)).toMatchObject(corrected);
    expect(await say(api, lena, 'correctComment', { ...correction, commandId: commandId() })).toMatchObject({
      __typename: 'CommentRefused',
      why: 'COMMENT_CHANGED',
    });
    const turn = { caseId, threadId };
    expect(await say(api, rita, 'resolveThread', { ...turn, commandId: commandId() })).toMatchObject({
      __typename: 'ThreadTurned',
      isResolved: true,
    });
    expect(await threadsShown(api, lena, caseId)).toMatchObject([
      {
        id: threadId,
        subject: { kind: 'CASE', sentenceId: null },
        resolvedAt: expect.any(String),
        comments: [
          {
            id: commentId,
            isOwn: true,
            authorRole: 'lead',
            revision: 2,
            text: 'Is the image mirrored?',
            revisions: [
              { revision: 1, text: 'Is the image turned?' },
              { revision: 2, text: 'Is the image mirrored?' },
            ],
          },
          { isOwn: false, authorRole: 'reviewer', text: 'No, the marker is.', retractedAt: null },
        ],
      },
    ]);
    await say(api, lena, 'reopenThread', { ...turn, commandId: commandId() });
    expect(await threadsShown(api, rita, caseId)).toMatchObject([{ resolvedAt: null, resolverId: null }]);
    const { history } = await shown(rita, caseId, 'history { edges { node { type detail actorRole } } }');
    const types = (history as { edges: { node: Fields }[] }).edges.map(({ node }) => node['type']);
    expect(types).toEqual([
      'caseImported',
      'threadOpened',
      'commentAdded',
      'commentCorrected',
      'threadResolved',
      'threadReopened',
    ]);
    expect(JSON.stringify(history)).not.toContain('mirrored');
  });

  it('is about a sentence, a finding or the case, and about nothing that is not there', async () => {
    const caseId = caseAt(1);
    await read(ana, caseId);
    const found = await shown(lena, caseId, 'sentences { id } annotations { readId findings { id } }');
    const sentenceId = text(list(found, 'sentences')[0] ?? {}, 'id');
    const [annotation = {}] = list(found, 'annotations');
    const findingId = text(list(annotation, 'findings')[0] ?? {}, 'id');
    await open(lena, caseId, 'of the sentence', { sentenceId });
    await open(lena, caseId, 'of the finding', { findingId });
    expect(await threadsShown(api, rita, caseId)).toMatchObject([
      { subject: { kind: 'SENTENCE', sentenceId, findingId: null } },
      { subject: { kind: 'FINDING', findingId, readId: annotation['readId'] } },
    ]);
    for (const about of [{ sentenceId: findingId }, { findingId: sentenceId }, { disagreementId: sentenceId }]) {
      expect(await open(lena, caseId, 'of nothing', about)).toMatchObject({ why: 'SUBJECT_UNKNOWN' });
    }
    expect(await open(lena, caseId, 'of two', { sentenceId, findingId })).toMatchObject({
      __typename: 'Invalid',
      problems: [{ code: 'ONE_OF' }],
    });
    // Blinded, ana names what she found herself, and ben finds nothing.
    expect(await open(ana, caseId, 'of mine', { findingId })).toMatchObject({ __typename: 'ThreadOpened' });
    expect(await open(ben, caseId, 'of hers', { findingId })).toMatchObject({ why: 'SUBJECT_UNKNOWN' });
  });

  it('takes text of 1 to 4,000 characters, and only of those who work on cases', async () => {
    const caseId = caseAt(2);
    for (const said of ['', '  ', 'x'.repeat(4_001), 'a\u0000b']) {
      expect(await open(lena, caseId, said)).toMatchObject({ __typename: 'Invalid' });
    }
    for (const person of [audrey, otto]) {
      const input = { commandId: commandId(), caseId, text: 'hello' };
      const { body } = await api.ask(person, commentMutations.openThread, { input });
      expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await textsShown(api, audrey, caseId)).toEqual([]);
    expect(await reply(lena, caseId, caseId, 'nowhere')).toMatchObject({ why: 'THREAD_UNKNOWN' });
    expect(await open(lena, sample.projectId, 'no case')).toMatchObject({ __typename: 'NotFound' });
  });

  it('comes in pages', async () => {
    const caseId = caseAt(3);
    for (const said of ['1', '2', '3']) await open(lena, caseId, said);
    await api.project();
    const query = `query ($id: ID!, $after: Cursor) { case(id: $id) { threads(first: 2, after: $after) {
      edges { node { comments { text } } } pageInfo { hasNextPage endCursor } } } }`;
    const page = async (after?: unknown, person = lena) => api.ask(person, query, { id: caseId, after });
    const first = (await page()).body.data?.['case'] as { threads: { edges: unknown[]; pageInfo: Fields } };
    expect(first.threads).toMatchObject({ pageInfo: { hasNextPage: true }, edges: [{}, {}] });
    const { endCursor } = first.threads.pageInfo;
    expect((await page(endCursor)).body.data?.['case']).toMatchObject({
      threads: { edges: [{ node: { comments: [{ text: '3' }] } }], pageInfo: { hasNextPage: false } },
    });
    expect((await page(endCursor, rita)).body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a comment', () => {
  it('is taken back by its author or a lead, and only auditors read it then, of the past too', async () => {
    const caseId = caseAt(4);
    const { threadId, commentId } = await open(rita, caseId, 'Mrs. Somebody’s nodule');
    const answer = await reply(lena, caseId, threadId, 'No names, please.');
    await api.project();
    const [{ last } = { last: 0 }] = await api.owner.query({ text: 'SELECT max(global_seq) AS last FROM journal.log' });
    const before = { sequence: Number(last) };
    const retract = { caseId, reason: 'IDENTIFIES_PATIENT' };
    expect(
      await say(api, rita, 'retractComment', { ...retract, commandId: commandId(), commentId: answer['commentId'] }),
    ).toMatchObject({ why: 'COMMENT_OF_ANOTHER' });
    for (let time = 0; time < 2; time += 1) {
      expect(await say(api, lena, 'retractComment', { ...retract, commandId: commandId(), commentId })).toMatchObject({
        __typename: 'CommentRetracted',
      });
    }
    expect(await threadsShown(api, rita, caseId)).toMatchObject([
      {
        comments: [
          { text: null, retractReason: 'identifiesPatient', revisions: [{ text: null }] },
          { text: 'No names, please.' },
        ],
      },
    ]);
    expect(await textsShown(api, rita, caseId, before)).toEqual([null, 'No names, please.']);
    expect(await textsShown(api, audrey, caseId)).toEqual(['Mrs. Somebody’s nodule', 'No names, please.']);
    const correction = { commandId: commandId(), caseId, commentId, revision: 1, text: 'A nodule.' };
    expect(await say(api, rita, 'correctComment', correction)).toMatchObject({ why: 'COMMENT_RETRACTED' });
  });

  it('of others is told to a reader once the case is settled and their own read is in', async () => {
    const caseId = caseAt(5);
    const { threadId } = await open(ana, caseId, 'Hers.');
    await open(rita, caseId, 'Of somebody who sees all.');
    await reply(rita, caseId, threadId, 'An answer.');
    await read(ana, caseId);
    await read(ben, caseId);
    expect(await textsShown(api, ana, caseId)).toEqual(['Hers.']);
    expect(await textsShown(api, ben, caseId)).toEqual([]);
    expect(await reply(ben, caseId, threadId, 'I cannot know of it.')).toMatchObject({ why: 'THREAD_UNKNOWN' });
    expect(await say(api, ana, 'resolveThread', { commandId: commandId(), caseId, threadId })).toMatchObject({
      why: 'BLINDED',
    });
    await settle(api, caseId);
    for (const reader of [ana, ben]) {
      expect(await textsShown(api, reader, caseId)).toEqual(['Hers.', 'An answer.', 'Of somebody who sees all.']);
    }
    expect(await reply(ben, caseId, threadId, 'Now I do.')).toMatchObject({ __typename: 'CommentAdded' });
    // Cara has not read it.
    expect(await textsShown(api, cara, caseId)).toEqual([]);
    expect(await reply(cara, caseId, threadId, 'Nor can I.')).toMatchObject({ why: 'THREAD_UNKNOWN' });
    await api.project();
    // The past shows what was said by then, to whoever is not blinded now.
    const [row] = await api.owner.query({
      text: `SELECT log.global_seq FROM journal.event
        JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE event.type = 'threadOpened' AND event.stream_id = 'case-' || '${caseId}' ORDER BY 1 LIMIT 1`,
    });
    const then = { sequence: Number(row?.['global_seq']) };
    expect(await textsShown(api, lena, caseId, then)).toEqual(['Hers.']);
  });

  it('of a member of a panel is told to nobody else until the panel has decided', async () => {
    const caseId = caseAt(6);
    await read(ana, caseId);
    await read(ben, caseId);
    const reads = list(await shown(lena, caseId, 'annotations { readId }'), 'annotations').map(({ readId }) =>
      String(readId),
    );
    const said = { present: reads.slice(0, 1), absent: reads.slice(1) };
    await dispute(api, caseId, { said, panelSize: 3 });
    await api.project();
    const seat = 'mutation ($input: ClaimAdjudicationInput!) { claimAdjudication(input: $input) { __typename } }';
    const claimed = await api.get(judith, seat, { input: { commandId: commandId(), caseId } });
    expect(claimed['__typename']).toBe('SeatClaimed');
    await open(judith, caseId, 'I lean to present.');
    await open(lena, caseId, 'The image is fine.');
    expect(await textsShown(api, judith, caseId)).toEqual(['I lean to present.', 'The image is fine.']);
    for (const person of [julia, lena, rita]) {
      expect(await textsShown(api, person, caseId)).toEqual(['The image is fine.']);
    }
    expect(await textsShown(api, audrey, caseId)).toEqual(['I lean to present.', 'The image is fine.']);
  });

  it('names nobody where the source withholds who read what, but its own author to themselves', async () => {
    const hidden = await ApiUnderTest.start();
    const { caseIds } = await sampleProject(hidden, {
      readers: [ana],
      cases: 1,
      protocol: { readerIdentity: 'NOT_PUBLISHED' },
    });
    const [caseId = ''] = caseIds;
    await say(hidden, ana, 'openThread', { commandId: 'ana', caseId, text: 'hers' });
    await say(hidden, lena, 'openThread', { commandId: 'lena', caseId, text: 'mine' });
    expect(await threadsShown(hidden, lena, caseId)).toMatchObject([
      { comments: [{ authorId: null, authorRole: 'annotator', isOwn: false }] },
      { comments: [{ authorId: expect.any(String), isOwn: true }] },
    ]);
    await hidden.stop();
  });

  it('about a gold answer shows to those who are not told of gold as one about the case', async () => {
    const caseId = caseAt(7);
    const setGold = 'mutation ($input: SetGoldInput!) { setGold(input: $input) { __typename } }';
    const truth = { annotation: { answer: 'NOTHING_THERE' }, externalSource: 'CT of the same day' };
    const input = { commandId: commandId(), caseId, ...truth };
    expect(await api.get(adam, setGold, { input })).toEqual({ __typename: 'GoldGiven' });
    await read(ana, caseId);
    const findings = list(await shown(ana, caseId, 'annotations { findings { id } }'), 'annotations')[0] ?? {};
    const findingId = text(list(findings, 'findings')[0] ?? {}, 'id');
    await open(ana, caseId, 'of my answer', { findingId });
    for (const person of [ana, lena]) {
      expect(await threadsShown(api, person, caseId)).toMatchObject([{ subject: { kind: 'FINDING', findingId } }]);
    }
    expect(await threadsShown(api, rita, caseId)).toMatchObject([
      { subject: { kind: 'CASE', findingId: null, readId: null }, comments: [{ text: 'of my answer' }] },
    ]);
  });

  it('is refused where the case was withdrawn', async () => {
    const caseId = caseAt(8);
    const change = `query ($input: CaseChangeInput!) { caseChangePreview(input: $input) { token } }`;
    const of = { projectId: sample.projectId, kind: 'WITHDRAW', caseIds: [caseId] };
    const { token } = await api.get(adam, change, { input: of });
    const run = 'mutation ($input: ChangeCasesInput!) { changeCases(input: $input) { __typename } }';
    const input = { commandId: commandId(), of, previewToken: token, reason: 'ERROR_FOUND' };
    expect(await api.get(adam, run, { input })).toEqual({ __typename: 'CasesChanged' });
    expect(await open(lena, caseId, 'too late')).toMatchObject({ why: 'CASE_WITHDRAWN' });
  });
});
