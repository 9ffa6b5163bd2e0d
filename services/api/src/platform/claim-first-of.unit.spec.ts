import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '@consilium/event-store/testing';
import type { CaseId, CommandId, Instant, OrganisationId, PersonId } from '@consilium/domain';
import { claimFirstOf } from './claim-first-of.ts';

const command = {
  viewer: {
    organisation: '11111111-1111-4111-8111-111111111111' as OrganisationId,
    personId: 'p' as PersonId,
    role: 'reviewer' as const,
    tokenEndsAtMs: 1,
  },
  commandId: '0190b6a1-0000-7000-8000-000000000001' as CommandId,
};

/** What comes of a queue of cases that are answered so. */
const claimed = async (answers: Readonly<Record<string, string>>): Promise<string | undefined> => {
  const answer = await claimFirstOf({ store: new InMemoryEventStore({ now: () => 1 as Instant }) }, command, {
    suggest: async () => Object.keys(answers) as CaseId[],
    claim: async (caseId) => ({ __typename: answers[caseId] ?? '' }),
    isClaimed: ({ __typename }) => __typename === 'Claimed',
  });
  return answer?.__typename;
};

describe('the first of a queue', () => {
  it('is claimed where those before it refuse', async () => {
    expect(await claimed({ one: 'Refused', two: 'Contended', three: 'Claimed' })).toBe('Claimed');
  });

  it('is nothing where all refuse', async () => {
    expect(await claimed({ one: 'Refused', two: 'NotFound' })).toBeUndefined();
    expect(await claimed({})).toBeUndefined();
  });

  it('is not called nothing where others were changing one that may be had still', async () => {
    expect(await claimed({ one: 'Contended', two: 'Refused' })).toBe('Contended');
  });

  it('is looked for no further where the command means something else', async () => {
    expect(await claimed({ one: 'CommandIdReused', two: 'Claimed' })).toBe('CommandIdReused');
  });
});
