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
import {
  annotation,
  claim,
  mutations,
  type SampleProject,
  sampleProject,
  submission,
} from '../testing/sample-project.spec.ts';
import { dispute } from '../testing/settle-case.spec.ts';

const ada: Person = { name: 'ada', role: 'adjudicator' };
const adam: Person = { name: 'adam', role: 'adjudicator' };
const abel: Person = { name: 'abel', role: 'adjudicator' };

const seat = `__typename ... on SeatClaimed { caseId leaseToken leaseEndsAt token } ... on SeatRefused { why } ... on Refusal { message }`;
const claimAdjudication = `mutation ($input: ClaimAdjudicationInput!) { claimAdjudication(input: $input) { ${seat} } }`;
const claimNext = `mutation ($input: ClaimNextAdjudicationInput!) { claimNextAdjudication(input: $input) { ${seat} } }`;
const adjudicate = `mutation ($input: AdjudicateInput!) { adjudicate(input: $input) {
  __typename ... on Adjudicated { annotationId isDecided isSplit } ... on SeatRefused { why }
  ... on Invalid { problems { path code } } ... on Refusal { message } } }`;
const release = `mutation ($input: ReleaseAdjudicationInput!) { releaseAdjudication(input: $input) { __typename } }`;
const finish = (name: string): string => `mutation ($input: FinishCaseInput!) { ${name}(input: $input) {
  __typename ... on CaseFinished { caseId } ... on NotFinished { why } ... on Refusal { message } } }`;
const task = `query ($id: ID!) { adjudicationTask(caseId: $id) { caseId leaseToken case { id sentences { id } images { id } }
  reads { readId annotatorId answer } disagreements { id kind options { option readIds } } } }`;
const outcome = `query ($id: ID!) { case(id: $id) { status disagreements { id kind }
  annotations { readId annotatorId } adjudications { cause panelSize isSplit decidedAt
    decisions { option reason followedReadIds overruledReadIds }
    votes { annotationId adjudicatorId isAdopted answer findings { statement { en } } choices { option reason note } } } } }`;

let api: ApiUnderTest;
let sample: SampleProject;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  sample = await sampleProject(api, { readers: [ana, ben], cases: 6, protocol: { readsPerCase: 2, readsMaximum: 3 } });
});
afterAll(async () => api.stop());

let commands = 0;
const commandId = (): string => `command ${String((commands += 1))}`;
const caseAt = (index: number): string => sample.caseIds[index] ?? '';

/** Read by two who disagree, and before its adjudicators. */
async function disputed(index: number, panelSize = 1): Promise<string> {
  const caseId = caseAt(index);
  for (const reader of [ana, ben]) {
    const held = await claim(api, reader, caseId, `claim ${caseId}`);
    await api.get(reader, mutations.submitAnnotation, { input: submission(`submit ${caseId}`, held) });
  }
  await api.project();
  const shown = await api.get(lena, outcome, { id: caseId });
  const [one, other] = list(shown, 'annotations').map(({ readId }) => String(readId));
  await dispute(api, caseId, { said: { negative: [one ?? ''], positive: [other ?? ''] }, panelSize });
  await api.project();
  return caseId;
}

const claimSeat = async (person: Person, caseId: string): Promise<Fields> =>
  api.get(person, claimAdjudication, { input: { commandId: commandId(), caseId } });

async function vote(person: Person, caseId: string, option: string): Promise<Fields> {
  const claimed = await claimSeat(person, caseId);
  const shown = await api.get(person, task, { id: caseId });
  const seen = shown['case'] as Fields;
  const place = {
    caseId,
    leaseToken: text(claimed, 'leaseToken'),
    imageId: text(list(seen, 'images')[0] ?? {}, 'id'),
    sentenceId: text(list(seen, 'sentences')[0] ?? {}, 'id'),
  };
  const choices = list(shown, 'disagreements').map(({ id }) => ({
    disagreementId: id,
    option,
    reason: 'CLEAR_ON_IMAGE',
    note: 'To be seen.',
  }));
  const input = {
    commandId: commandId(),
    caseId,
    leaseToken: place.leaseToken,
    annotation: annotation(place),
    choices,
  };
  return api.get(person, adjudicate, { input });
}

describe('a case in dispute', () => {
  it('lies before one adjudicator with all reads and without their readers, and is decided by them', async () => {
    const caseId = await disputed(0);
    expect(await api.get(lena, outcome, { id: caseId })).toMatchObject({
      status: 'ADJUDICATING',
      disagreements: [{ kind: 'POLARITY' }],
      adjudications: [{ cause: 'DISAGREEMENT', decidedAt: null, votes: [] }],
    });
    const next = await api.get(ada, claimNext, { input: { commandId: 'next', projectId: sample.projectId } });
    expect(next).toMatchObject({ __typename: 'SeatClaimed', caseId });
    // Sent once more, the command gives the seat that it took.
    expect(await api.get(ada, claimNext, { input: { commandId: 'next', projectId: sample.projectId } })).toEqual(next);
    expect(await claimSeat(adam, caseId)).toMatchObject({ __typename: 'SeatRefused', why: 'NO_SEAT' });
    await api.get(ada, release, { input: { commandId: commandId(), caseId, leaseToken: text(next, 'leaseToken') } });

    const hidden = list(await api.get(ada, outcome, { id: caseId }), 'annotations');
    expect(hidden.map(({ annotatorId }) => annotatorId)).toEqual([null, null]);
    await claimSeat(adam, caseId);
    expect(await api.get(adam, task, { id: caseId })).toMatchObject({
      reads: [{ annotatorId: null }, { annotatorId: null }],
      disagreements: [{ options: [{ option: 'negative' }, { option: 'positive' }] }],
    });
    expect((await api.ask(ada, task, { id: caseId })).body.data).toEqual({ adjudicationTask: null });

    expect(await vote(adam, caseId, 'positive')).toMatchObject({ isDecided: true, isSplit: false });
    await api.project();
    const decided = await api.get(lena, outcome, { id: caseId });
    expect(decided).toMatchObject({
      status: 'ADJUDICATED',
      adjudications: [
        {
          decisions: [{ option: 'positive', reason: 'CLEAR_ON_IMAGE', followedReadIds: [expect.any(String)] }],
          votes: [
            { isAdopted: true, findings: [{ statement: { en: 'A nodule.' } }], choices: [{ note: 'To be seen.' }] },
          ],
        },
      ],
    });
    // Now it is told to whoever decides, and to those who were overruled.
    const told = list(await api.get(adam, outcome, { id: caseId }), 'annotations');
    expect(told.every(({ annotatorId }) => typeof annotatorId === 'string')).toBe(true);
    expect(list(await api.get(ana, outcome, { id: caseId }), 'adjudications')).toHaveLength(1);
  });

  it('shows a blinded annotator nothing, before and after', async () => {
    const caseId = await disputed(1);
    expect(await api.get(ana, outcome, { id: caseId })).toMatchObject({
      status: 'READING',
      disagreements: null,
      adjudications: null,
    });
    const stranger: Person = { name: 'cara', role: 'annotator' };
    await vote(ada, caseId, 'negative');
    await api.project();
    expect(await api.get(stranger, outcome, { id: caseId })).toMatchObject({ status: 'READING', adjudications: null });
    expect(stranger).toEqual(cara);
  });

  it('is no case for who has read it, whatever their role, nor for a role that the protocol does not name', async () => {
    const caseId = await disputed(2);
    const anaAsAdjudicator: Person = { name: ana.name, role: 'adjudicator' };
    expect(await claimSeat(anaAsAdjudicator, caseId)).toMatchObject({ why: 'READ_BY_YOU' });
    expect(await claimSeat(lena, caseId)).toMatchObject({ why: 'ROLE_MAY_NOT' });
    expect(
      (await api.ask(ana, claimAdjudication, { input: { commandId: commandId(), caseId } })).body.errors,
    ).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('before a panel of three that splits is decided by a lead', async () => {
    const caseId = await disputed(3, 3);
    expect(await vote(ada, caseId, 'negative')).toMatchObject({ isDecided: false });
    expect(await vote(adam, caseId, 'positive')).toMatchObject({ isDecided: false });
    await api.project();
    expect(await api.get(lena, outcome, { id: caseId })).toMatchObject({ adjudications: [{ votes: [] }] });
    expect(await vote(abel, caseId, 'other')).toMatchObject({ isDecided: false, isSplit: true });
    await api.project();
    expect(await vote(lena, caseId, 'negative')).toMatchObject({ isDecided: true });
    await api.project();
    expect(await api.get(lena, outcome, { id: caseId })).toMatchObject({
      status: 'ADJUDICATED',
      adjudications: [{ isSplit: true, votes: [{}, {}, {}, { isAdopted: true }] }],
    });
  });
});

describe('the end of a case', () => {
  const end = async (name: string, caseId: string): Promise<Fields> =>
    api.get(lena, finish(name), {
      input: { commandId: commandId(), caseId, reason: 'ERROR_FOUND', note: 'Seen again.' },
    });

  it('comes after a decision, and can be opened again for one more read', async () => {
    const caseId = await disputed(4);
    expect(await end('finaliseCase', caseId)).toMatchObject({ __typename: 'NotFinished', why: 'WRONG_STATUS' });
    await vote(ada, caseId, 'positive');
    expect(await end('finaliseCase', caseId)).toMatchObject({ __typename: 'CaseFinished' });
    await api.project();
    expect(await api.get(lena, outcome, { id: caseId })).toMatchObject({ status: 'FINALISED' });
    // Both annotators of the project have read it.
    expect(await end('reopenCase', caseId)).toMatchObject({ __typename: 'NotFinished', why: 'NO_MORE_READS' });
    expect(await end('requestAdjudication', caseId)).toMatchObject({ __typename: 'CaseFinished' });
    await api.project();
    expect(await api.get(lena, outcome, { id: caseId })).toMatchObject({
      status: 'ADJUDICATING',
      adjudications: [{ cause: 'DISAGREEMENT' }, { cause: 'REOPENED', votes: [] }],
    });
  });

  it('can be sought by adjudication while it is still read', async () => {
    const caseId = caseAt(5);
    await claim(api, ana, caseId, 'held');
    expect(await end('requestAdjudication', caseId)).toMatchObject({ __typename: 'CaseFinished' });
    await api.project();
    expect(await vote(ada, caseId, 'other')).toMatchObject({ isDecided: true });
  });
});
