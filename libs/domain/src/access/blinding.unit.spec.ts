import { expect, it } from '@jest/globals';
import { type BlindingFacts, isBlinded } from './blinding.ts';

const reads = ['none', 'unsubmitted', 'submitted'] as const;
const statuses = ['reading', 'awaitingConsensus', 'settled', 'disputed', 'withdrawn'] as const;
const facts = (isAnnotatorOfProject: boolean): readonly BlindingFacts[] =>
  reads.flatMap((ownRead) =>
    statuses.flatMap((caseStatus) =>
      [true, false].map((isAmendWindowOpen) => ({ isAnnotatorOfProject, ownRead, isAmendWindowOpen, caseStatus })),
    ),
  );

it('blinds an annotator of the project until their own read is in, can be amended no more, and the case is settled', () => {
  const open = facts(true).filter((each) => !isBlinded(each));
  expect(open).toEqual([
    { isAnnotatorOfProject: true, ownRead: 'submitted', isAmendWindowOpen: false, caseStatus: 'settled' },
  ]);
});

it('blinds nobody else, in any state', () => {
  expect(facts(false).map(isBlinded)).toEqual(facts(false).map(() => false));
});
