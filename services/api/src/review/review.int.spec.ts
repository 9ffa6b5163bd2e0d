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
  text,
} from '../testing/api-under-test.spec.ts';
import {
  annotation,
  claim,
  mutations,
  type SampleProject,
  sampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { settle } from '../testing/settle-case.spec.ts';

const rita: Person = { name: 'rita', role: 'reviewer' };
const rolf: Person = { name: 'rolf', role: 'reviewer' };

const claimed = `__typename ... on ReviewClaimed { caseId leaseToken } ... on ReviewRefused { why } ... on Refusal { message }`;
const claimNext = `mutation ($input: ClaimNextReviewInput!) { claimNextReview(input: $input) { ${claimed} } }`;
const claimReview = `mutation ($input: ClaimReviewInput!) { claimReview(input: $input) { ${claimed} } }`;
const record = `mutation ($input: RecordReviewInput!) { recordReview(input: $input) { __typename
  ... on ReviewRecorded { reviewId fixAnnotationId } ... on ReviewRefused { why } ... on Invalid { problems { path code } }
  ... on Refusal { message } } }`;
const changed = `__typename ... on ReviewChanged { caseId } ... on ReviewRefused { why } ... on Refusal { message }`;
const request = `mutation ($input: RequestReviewInput!) { requestReview(input: $input) { ${changed} } }`;
const waive = `mutation ($input: WaiveReviewInput!) { waiveReview(input: $input) { ${changed} } }`;
const release = `mutation ($input: ReleaseReviewInput!) { releaseReview(input: $input) { __typename } }`;
const finalise = `mutation ($input: FinishCaseInput!) { finaliseCase(input: $input) {
  __typename ... on NotFinished { why } ... on Refusal { message } } }`;
const task = `query ($id: ID!) { reviewTask(caseId: $id) { reviewId case { images { id } sentences { id } }
  read { id readId annotatorId findings { statement { en } } } } }`;
const mine = 'query ($id: ID!) { myReviews(projectId: $id) { held { caseId } available } }';
const versionsOf = 'query ($id: ID!) { annotationHistory(id: $id) { annotation { independence } } }';
const placesOf = 'query ($id: ID!) { annotationHistory(id: $id) { eventType actorId } }';
const amend = 'mutation ($input: AmendAnnotationInput!) { amendAnnotation(input: $input) { __typename } }';
const sentencesOf = 'query ($id: ID!) { case(id: $id) { sentences { id } } }';
const outdatedOf = 'query ($id: ID!) { case(id: $id) { outdatedAnnotations { annotation { independence } } } }';
const correct = 'mutation ($input: CorrectSentenceInput!) { correctSentence(input: $input) { __typename } }';
const shown = `query ($id: ID!) { case(id: $id) { status annotations { id readId independence }
  reviews { id readId cause outcome reason note reviewerId endedAt fix { answer findings { statement { en } } } } } }`;

let api: ApiUnderTest;
let sample: SampleProject;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const protocol = { readsPerCase: 2, readsMaximum: 2, reviewShare: 1 };
  sample = await sampleProject(api, { readers: [ana, ben, cara], cases: 8, protocol });
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

const seen = async (person: Person, caseId: string): Promise<Fields> => api.get(person, shown, { id: caseId });
const take = async (person: Person, caseId: string): Promise<Fields> => {
  const answer = await api.get(person, claimReview, { input: { commandId: commandId(), caseId } });
  await api.project();
  return answer;
};

/** Takes a review of the case, and gives it this outcome. */
async function review(person: Person, caseId: string, outcome: string, change: object = {}): Promise<Fields> {
  const held = await take(person, caseId);
  const lies = await api.get(person, task, { id: caseId });
  const input = {
    commandId: commandId(),
    caseId,
    leaseToken: text(held, 'leaseToken'),
    annotationId: text(lies['read'] as Fields, 'id'),
    outcome,
    reason: 'FINDING_MISSED',
    note: 'See the other side.',
    ...change,
  };
  const answer = await api.get(person, record, { input });
  await api.project();
  return answer;
}

describe('a review', () => {
  it('lies before one reviewer with its read, and its case is not final before it has an outcome', async () => {
    const caseId = caseAt(0);
    await read(ana, caseId);
    await read(ben, caseId);
    await settle(api, caseId);
    await api.project();
    const reason = { commandId: commandId(), caseId, reason: 'WORK_COMPLETE' };
    expect(await api.get(lena, finalise, { input: reason })).toMatchObject({ why: 'REVIEW_OPEN' });
    expect(await api.get(rita, mine, { id: sample.projectId })).toMatchObject({ held: [], available: 1 });
    const next = { commandId: 'next', projectId: sample.projectId };
    const held = await api.get(rita, claimNext, { input: next });
    expect(held).toMatchObject({ __typename: 'ReviewClaimed', caseId });
    expect(await api.get(rita, claimNext, { input: next })).toEqual(held);
    await api.project();
    expect(await api.get(rita, mine, { id: sample.projectId })).toMatchObject({ held: [{ caseId }], available: 0 });
    expect(await api.get(rita, task, { id: caseId })).toMatchObject({ read: { findings: [{}] } });
    expect((await api.ask(rolf, task, { id: caseId })).body.data).toEqual({ reviewTask: null });
    await api.get(rita, release, { input: { commandId: commandId(), caseId, leaseToken: held['leaseToken'] } });

    expect(await review(rita, caseId, 'ACCEPTED')).toMatchObject({ __typename: 'ReviewRecorded' });
    const [open] = list(await seen(lena, caseId), 'reviews').filter(({ outcome }) => outcome === null);
    const waived = { commandId: commandId(), caseId, reviewId: open?.['id'], reason: 'WORK_COMPLETE' };
    expect(await api.get(lena, waive, { input: waived })).toMatchObject({ __typename: 'ReviewChanged' });
    expect(await api.get(lena, finalise, { input: { ...reason, commandId: commandId() } })).toMatchObject({
      __typename: 'CaseFinished',
    });
  });

  it('keeps the reviewer’s own answer beside the read, and shows it when nobody is blinded any more', async () => {
    const caseId = caseAt(1);
    await read(ana, caseId);
    await take(rita, caseId);
    const lies = await api.get(rita, task, { id: caseId });
    const of = lies['case'] as Fields;
    const place = {
      caseId,
      leaseToken: '',
      imageId: text(list(of, 'images')[0] ?? {}, 'id'),
      sentenceId: text(list(of, 'sentences')[0] ?? {}, 'id'),
    };
    expect(await review(rita, caseId, 'FIXED')).toMatchObject({
      __typename: 'Invalid',
      problems: [{ path: 'fix', code: 'MISSING' }],
    });
    const fixed = await review(rita, caseId, 'FIXED', { fix: annotation(place, '11') });
    expect(fixed).toMatchObject({ __typename: 'ReviewRecorded', fixAnnotationId: expect.any(String) });
    expect(await seen(lena, caseId)).toMatchObject({
      annotations: [{}],
      reviews: [
        {
          cause: 'SAMPLED',
          outcome: 'FIXED',
          reason: 'findingMissed',
          note: 'See the other side.',
          fix: { answer: 'FINDINGS', findings: [{ statement: { en: 'A nodule.' } }] },
        },
      ],
    });
    expect(await seen(ana, caseId)).toMatchObject({ reviews: [] });
  });

  it('takes back a read that it rejects, and tells its annotator, whose next read is not independent', async () => {
    const caseId = caseAt(2);
    await read(ana, caseId);
    await read(ben, caseId);
    const before = await seen(lena, caseId);
    const [first] = list(before, 'reviews');
    await review(rita, caseId, 'REJECTED_TO_SAME');
    const told = [ana, ben].map(async (reader) => [reader, list(await seen(reader, caseId), 'reviews')] as const);
    const [who] = (await Promise.all(told)).filter(([, reviews]) => reviews.length === 1);
    expect(who?.[1]).toMatchObject([
      { readId: first?.['readId'], outcome: 'REJECTED_TO_SAME', note: null, reviewerId: null, fix: null },
    ]);
    expect(await seen(lena, caseId)).toMatchObject({ status: 'READING', annotations: [{ independence: 'BLIND' }] });
    await read(who?.[0] ?? ana, caseId);
    const given = list(await seen(lena, caseId), 'annotations');
    expect(given.map(({ independence }) => String(independence)).sort()).toEqual(['AFTER_REVEAL', 'BLIND']);

    // The same wherever it is shown: with its history, and when its sentences have come to mean something else.
    const anew = given.find(({ independence }) => independence === 'AFTER_REVEAL');
    const { body } = await api.ask(lena, versionsOf, { id: anew?.['id'] });
    const versions = body.data?.['annotationHistory'] as readonly Fields[];
    expect(versions.at(-1)).toMatchObject({ annotation: { independence: 'AFTER_REVEAL' } });
    const lies = list(await api.get(lena, sentencesOf, { id: caseId }), 'sentences')[0];
    const corrected = { commandId: commandId(), caseId, sentenceId: lies?.['id'], version: 1, change: 'MEANING' };
    await api.get(lena, correct, { input: { ...corrected, en: 'No nodule.', es: 'Sin nódulo.', reasonCode: 'OTHER' } });
    await api.project();
    const outdated = list(await api.get(lena, outdatedOf, { id: caseId }), 'outdatedAnnotations');
    expect(outdated.map(({ annotation: of }) => String((of as Fields)['independence'])).sort()).toEqual([
      'AFTER_REVEAL',
      'BLIND',
    ]);
  });

  it('gives the place of a rejected read to another', async () => {
    const caseId = caseAt(3);
    await read(ana, caseId);
    await review(rita, caseId, 'REJECTED_TO_OTHER');
    const input = { commandId: commandId(), caseId };
    expect(await api.get(ana, mutations.claimCase, { input })).toMatchObject({ __typename: 'CaseNotAvailable' });
    await read(ben, caseId);
    await read(cara, caseId);
    expect(list(await seen(lena, caseId), 'annotations')).toHaveLength(2);
  });

  it('is not for who reads the case, nor for two at a time, and its reviewer reads nothing of the case', async () => {
    const caseId = caseAt(4);
    await read(ana, caseId);
    expect(await take({ name: ana.name, role: 'reviewer' }, caseId)).toMatchObject({ why: 'READ_BY_YOU' });
    const benReviews: Person = { name: ben.name, role: 'reviewer' };
    expect(await take(benReviews, caseId)).toMatchObject({ __typename: 'ReviewClaimed' });
    expect(await take(rita, caseId)).toMatchObject({ why: 'REVIEW_TAKEN' });
    const input = { commandId: commandId(), caseId };
    expect(await api.get(ben, mutations.claimCase, { input })).toMatchObject({ __typename: 'CaseNotAvailable' });
    expect((await api.ask(ana, claimReview, { input })).body.errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('is noted, and shows a reviewer who reads in the project no time that others took', async () => {
    const caseId = caseAt(6);
    await read(ana, caseId);
    const benReviews: Person = { name: ben.name, role: 'lead' };
    await take(benReviews, caseId);
    const timed = 'query ($id: ID!) { reviewTask(caseId: $id) { read { timeOnTask { activeSeconds } } } }';
    expect(await api.get(benReviews, timed, { id: caseId })).toEqual({ read: { timeOnTask: null } });
    const [noted] = await api.owner.query({
      text: 'SELECT actions FROM audit.read_access ORDER BY number DESC LIMIT 1',
    });
    expect(noted?.['actions']).toEqual(['annotation.read', 'case.read']);
  });

  it('is shown of the past as it was then, whoever took it later', async () => {
    const caseId = caseAt(7);
    await read(ana, caseId);
    const [row] = await api.owner.query({ text: 'SELECT max(global_seq) AS newest FROM journal.log' });
    const past = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { reviews { id reviewerId outcome } } }`;
    const look = async (): Promise<unknown> =>
      api.get(lena, past, { id: caseId, asOf: { sequence: Number(row?.['newest']) } });
    const before = await look();
    expect(before).toMatchObject({ reviews: [{ reviewerId: null }] });
    await take(rita, caseId);
    expect(await look()).toEqual(before);
    await review(rita, caseId, 'ACCEPTED');
    expect(await look()).toEqual(before);
  });

  it('is asked for by a lead, and not by who reads in the project', async () => {
    const caseId = caseAt(5);
    await read(ana, caseId);
    await review(rita, caseId, 'ACCEPTED');
    const [done] = list(await seen(lena, caseId), 'reviews');
    const input = { caseId, readId: done?.['readId'], reason: 'ERROR_FOUND' };
    expect(await api.get(lena, request, { input: { ...input, commandId: commandId() } })).toMatchObject({
      __typename: 'ReviewChanged',
    });
    const anaAsLead: Person = { name: ana.name, role: 'lead' };
    expect(await api.get(anaAsLead, request, { input: { ...input, commandId: commandId() } })).toMatchObject({
      __typename: 'ReadsHidden',
    });
    await api.project();
    expect(list(await seen(lena, caseId), 'reviews')).toMatchObject([{ cause: 'SAMPLED' }, { cause: 'REQUESTED' }]);
  });
});

it('names neither reader nor reviewer in a history, where the project publishes no identity', async () => {
  const apart = await ApiUnderTest.start();
  try {
    const protocol = {
      readsPerCase: 2,
      readsMaximum: 2,
      reviewShare: 1,
      amendWindowSeconds: 600,
      readerIdentity: 'NOT_PUBLISHED',
    };
    const { caseIds } = await sampleProject(apart, { readers: [ana], cases: 1, protocol });
    const [caseId = ''] = caseIds;
    const held = await claim(apart, ana, caseId, 'claim');
    const given = await apart.get(ana, mutations.submitAnnotation, { input: submission('submit', held) });
    const amended = { commandId: 'amend', caseId, revision: 1, annotation: annotation(held), reasonCode: 'OVERLOOKED' };
    expect(await apart.get(ana, amend, { input: amended })).toMatchObject({ __typename: 'AnnotationAmended' });
    await apart.project();
    const taken = await apart.get(rita, claimReview, { input: { commandId: 'take', caseId } });
    const outcome = { outcome: 'REJECTED_TO_SAME', reason: 'FINDING_MISSED', annotationId: given['annotationId'] };
    const input = { commandId: 'record', caseId, leaseToken: taken['leaseToken'], ...outcome };
    expect(await apart.get(rita, record, { input })).toMatchObject({ __typename: 'ReviewRecorded' });
    await apart.project();
    const shownOf = `query ($id: ID!) { case(id: $id) { reviews { reviewerId } history(first: 100) { edges { node { type actorId } } } } }`;
    const { reviews, history } = await apart.get(lena, shownOf, { id: caseId });
    expect(reviews).toEqual([{ reviewerId: null }]);
    expect(JSON.stringify(history)).toContain('reviewRecorded');
    expect(JSON.stringify(history)).not.toContain(personIdOf(rita));
    expect(JSON.stringify(history)).not.toContain(personIdOf(ana));
    const { body } = await apart.ask(lena, placesOf, { id: given['annotationId'] });
    expect(body.data?.['annotationHistory']).toMatchObject([{ actorId: null }, { actorId: null }, { actorId: null }]);
  } finally {
    await apart.stop();
  }
});
