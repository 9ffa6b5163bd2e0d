import { expect, it } from '@jest/globals';
import type { OrganisationId } from '@consilium/domain';
import { newCaseStream, newOrganisation } from '../contract/journal-fixture.spec.ts';
import type { LoadRequest } from '../event-store.ts';
import { limits } from '../limits.ts';
import { chooseLoads } from './choose-loads.ts';

const [ours, theirs] = [newOrganisation(), newOrganisation()];
const load = (organisation: OrganisationId, streams: number): LoadRequest => ({
  organisation,
  streams: Array.from({ length: streams }, () => newCaseStream()),
});

it('takes the first and those of its organisation, in their order', () => {
  expect(chooseLoads([load(ours, 1), load(theirs, 1), load(ours, 0), load(ours, 2)], 10)).toEqual([0, 2, 3]);
  expect(chooseLoads([], 10)).toEqual([]);
});

it('bounds their number and their streams', () => {
  expect(
    chooseLoads(
      Array.from({ length: 5 }, () => load(ours, 1)),
      3,
    ),
  ).toEqual([0, 1, 2]);
  const most = load(ours, limits.streamsPerLoad - 1);
  expect(chooseLoads([most, load(ours, 2), load(ours, 1), load(ours, 0)], 10)).toEqual([0, 2, 3]);
});
