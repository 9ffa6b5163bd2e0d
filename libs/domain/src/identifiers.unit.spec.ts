import { expect, it } from '@jest/globals';
import { caseId } from '@consilium/testing';
import { aggregateOf, aggregates, idWithinStream, isUuid, streamIdOf } from './identifiers.ts';

it('names streams by aggregate and id, and reads them back', () => {
  for (const aggregate of aggregates) {
    const streamId = streamIdOf(aggregate, caseId(1));
    expect([aggregateOf(streamId), idWithinStream(streamId)]).toEqual([aggregate, caseId(1)]);
  }
});

it.each([
  '',
  'case',
  'case-',
  'case-1',
  `cases-${caseId(1)}`,
  `case-${caseId(1)} `,
  `case-${caseId(171).toUpperCase()}`,
])('takes %j for no stream', (text) => {
  expect(aggregateOf(text)).toBeUndefined();
});

it('takes only lower-case canonical UUIDs', () => {
  expect(isUuid(caseId(171))).toBe(true);
  expect(isUuid(caseId(171).toUpperCase())).toBe(false);
  expect(isUuid(caseId(171).replaceAll('-', ''))).toBe(false);
  expect(isUuid(`${caseId(171)}\n`)).toBe(false);
});
