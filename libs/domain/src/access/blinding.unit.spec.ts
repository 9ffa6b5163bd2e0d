import { expect, it } from '@jest/globals';
import { type BlindingFacts, isBlinded } from './blinding.ts';

const reads = ['none', 'unsubmitted', 'submitted'] as const;
const statuses = ['reading', 'awaitingConsensus', 'settled', 'disputed', 'withdrawn'] as const;
const facts = (isAnnotatorOfProject: boolean): readonly BlindingFacts[] =>
  reads.flatMap((ownRead) =>
    statuses.flatMap((caseStatus) =>
      [true, false].flatMap((isAmendWindowOpen) =>
        [true, false].map((isGoldKept) => ({
          isAnnotatorOfProject,
          ownRead,
          isAmendWindowOpen,
          caseStatus,
          isGoldKept,
        })),
      ),
    ),
  );

it('blinds an annotator of the project until their own read is in, can be amended no more, and the case is settled and not gold to them', () => {
  const open = facts(true).filter((each) => !isBlinded(each));
  expect(open).toEqual([
    {
      isAnnotatorOfProject: true,
      ownRead: 'submitted',
      isAmendWindowOpen: false,
      caseStatus: 'settled',
      isGoldKept: false,
    },
  ]);
});

it('blinds nobody else, in any state', () => {
  expect(facts(false).map(isBlinded)).toEqual(facts(false).map(() => false));
});
