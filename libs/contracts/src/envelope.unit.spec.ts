import { describe, expect, it } from '@jest/globals';
import { streamIdOf } from '@consilium/domain';
import fc from 'fast-check';
import { decodeEnvelope, envelopeSchema } from './envelope.ts';

const id = '00000000-0000-4000-8000-000000000001';
const instant = '2026-11-23T12:00:00.000Z';
const good = {
  eventId: id,
  streamId: streamIdOf('case', id),
  streamVersion: 3,
  type: 'readClaimed',
  schemaVersion: 1,
  organisation: id,
  actor: { id: 'service:quality', role: 'system' },
  reasonCode: 'notReadable',
  commandId: id,
  correlationId: id,
  causationId: id,
  occurredAt: instant,
  recordedAt: instant,
};

/** Values that some field takes and others do not. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    ...[undefined, null, '', ' ', id, id.toUpperCase(), `${id} `, `case-${id}`, `cases-${id}`, `case-${id}-`, instant],
    ...['2026-11-23T12:00:00Z', `${instant}\n`, 0, 1, -1, 1.5, 2 ** 53, 2 ** 53 - 1, '1', true, [], {}, [id], { id }],
    ...[{ id: '', role: 'system' }, { id, role: 'nobody' }, { id, role: 'system', more: 1 }, { role: 'lead' }],
    ...[100, 101, 200, 201].map((length) => 'x'.repeat(length)),
  ),
  fc.jsonValue(),
);

const outcomeOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch {
    return 'refused';
  }
};

const expectAsSchema = (value: unknown): void => {
  const text = JSON.stringify(value);
  expect(outcomeOf(() => decodeEnvelope(Buffer.from(text)))).toEqual(
    outcomeOf(() => envelopeSchema.parse(JSON.parse(text))),
  );
};

describe('an envelope is decoded just as its schema says', () => {
  it('with and without a reason', () => {
    expect(decodeEnvelope(Buffer.from(JSON.stringify(good)))).toEqual(good);
    const { reasonCode: _, ...without } = good;
    expect(decodeEnvelope(Buffer.from(JSON.stringify(without)))).toEqual(without);
  });

  it('with any one or two of its fields changed, left out or added', () => {
    const names = fc.constantFrom(...Object.keys(good), 'other');
    fc.assert(
      fc.property(names, values, names, values, (one, value, other, another) => {
        expectAsSchema({ ...good, [one]: value });
        expectAsSchema({ ...good, [one]: value, [other]: another });
      }),
      { numRuns: 2_000 },
    );
  });

  it('and anything else', () => {
    fc.assert(fc.property(fc.jsonValue(), expectAsSchema), { numRuns: 500 });
  });
});
