import { expect, it } from '@jest/globals';
import { decodeEnvelope, eventSchemas } from '@consilium/contracts';
import { examEvents, examSize } from './exam-events.ts';

it('has an event of every type that there is, so that a new type is examined too', () => {
  const events = examEvents();
  expect(events).toHaveLength(examSize);
  const types = events.map(({ encoded }) => decodeEnvelope(encoded.metaBytes).type);
  expect([...new Set(types)].sort()).toEqual(Object.keys(eventSchemas).sort());
});
