import { describe, expect, it } from '@jest/globals';
import { type CaseEvent, plainText, streamIdOf } from '@consilium/domain';
import {
  annotatorId,
  caseId,
  claimId,
  commandId,
  eventId,
  instant,
  organisationId,
  personId,
  readId,
  sampleCase,
  subjectId,
} from '@consilium/testing';
import {
  decodeEvent,
  isAnnotatorEvent,
  isCaseEvent,
  isParkingEvent,
  isProjectEvent,
  UnreadableEvent,
} from './decode-event.ts';
import { DataKeyMissing, encodeEvent, type EventContext } from './encode-event.ts';
import { decodeEnvelope } from './envelope.ts';
import { canonicalJsonBytes } from './canonical-json.ts';

const context: EventContext = {
  eventId: eventId(1),
  streamId: streamIdOf('case', caseId(1)),
  streamVersion: 3,
  organisation: organisationId(1),
  actor: { id: personId(1), role: 'annotator' },
  commandId: commandId(1),
  correlationId: commandId(2),
  causationId: commandId(1),
  occurredAt: instant(1_790_000_000_123),
  recordedAt: instant(1_790_000_000_456),
};
const key = { subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, 1) };
const skipped: CaseEvent = {
  type: 'readSkipped',
  readId: readId(1),
  annotatorId: annotatorId(1),
  claimId: claimId(1),
  reason: 'other',
  note: plainText('geheim'),
};
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('encoding an event', () => {
  it('writes its envelope with UTC instants in milliseconds', () => {
    expect(decodeEnvelope(encodeEvent(skipped, context, key).metaBytes)).toEqual({
      ...context,
      type: 'readSkipped',
      schemaVersion: 1,
      occurredAt: '2026-09-21T14:13:20.123Z',
      recordedAt: '2026-09-21T14:13:20.456Z',
    });
  });

  it('seals every text, so that none is in the bytes', () => {
    const imported = encodeEvent({ type: 'caseImported', ...sampleCase() }, context, key);
    expect(text(imported.payloadBytes)).not.toMatch(/nodule|nódulo/i);
    expect(text(encodeEvent(skipped, context, key).payloadBytes)).not.toContain('geheim');
  });

  it('needs the key of the subject exactly where there is a text', () => {
    expect(() => encodeEvent(skipped, context)).toThrow(DataKeyMissing);
    expect(() => encodeEvent({ type: 'readsCompleted', readIds: [] }, context)).not.toThrow();
  });

  it('draws another salt of 16 bytes for each event', () => {
    const salts = Array.from({ length: 20 }, () => encodeEvent(skipped, context, key).salt);
    expect(salts.every(({ length }) => length === 16)).toBe(true);
    expect(new Set(salts.map((salt) => Buffer.from(salt).toString('hex'))).size).toBe(20);
  });
});

describe('decoding an event', () => {
  const { note: _note, type: _type, ...payload } = skipped;
  const stored = (more: object, type = 'readSkipped', schemaVersion = 1) => ({
    type,
    schemaVersion,
    payloadBytes: canonicalJsonBytes({ ...payload, ...more }),
  });

  it('gives what was decided, with the texts sealed', () => {
    const encoded = encodeEvent(skipped, context, key);
    expect(decodeEvent(encoded)).toEqual({ ...skipped, note: expect.objectContaining({ state: 'sealed' }) });
    expect(decodeEvent(stored({}))).toEqual({ type: 'readSkipped', ...payload });
  });

  it('fails on a plain text: nothing unsealed is ever stored', () => {
    expect(() => decodeEvent(stored({ note: plainText('geheim') }))).toThrow(UnreadableEvent);
  });

  it('says where the fault is and never what stands there', () => {
    let message = '';
    try {
      decodeEvent(stored({ note: plainText('geheim'), reason: 'strictly private' }));
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('note');
    expect(message).not.toMatch(/geheim|private/);
  });

  it.each<[string, ReturnType<typeof stored>]>([
    ['an unknown type', stored({}, 'readForgotten')],
    ['a type that every object has', stored({}, 'constructor')],
    ['a later version', stored({}, 'readSkipped', 2)],
    ['an unknown field', stored({ extra: 1 })],
    ['a missing field', stored({ reason: undefined })],
    ['bytes that are no JSON', { ...stored({}), payloadBytes: Buffer.from('{') }],
  ])('fails on %s', (_name, given) => {
    expect(() => decodeEvent(given)).toThrow(UnreadableEvent);
  });

  it('tells the aggregates apart', () => {
    const kinds = (type: string): readonly boolean[] =>
      [isProjectEvent, isAnnotatorEvent, isCaseEvent, isParkingEvent].map((is) => is({ type } as CaseEvent));
    expect(kinds('projectCreated')).toEqual([true, false, false, false]);
    expect(kinds('annotatorRegistered')).toEqual([false, true, false, false]);
    expect(kinds('readsCompleted')).toEqual([false, false, true, false]);
    expect(kinds('parkedEventDiscarded')).toEqual([false, false, false, true]);
  });
});

describe('an envelope', () => {
  const meta = (changes: object) =>
    canonicalJsonBytes({ ...decodeEnvelope(encodeEvent(skipped, context, key).metaBytes), ...changes });

  it.each<[string, object]>([
    ['an upper-case UUID', { eventId: '0000000A-0000-4000-8000-000000000001' }],
    ['a stream of no aggregate', { streamId: 'reader-1' }],
    ['version 0', { streamVersion: 0 }],
    ['an instant without milliseconds', { recordedAt: '2026-09-21T14:13:20Z' }],
    ['an instant with an offset', { occurredAt: '2026-09-21T14:13:20.123+02:00' }],
    ['a role nobody has', { actor: { id: personId(1), role: 'superuser' } }],
    ['a field of later code', { tenant: 'x' }],
  ])('is refused with %s', (_name, changes) => {
    expect(() => decodeEnvelope(meta({}))).not.toThrow();
    expect(() => decodeEnvelope(meta(changes))).toThrow();
  });
});
