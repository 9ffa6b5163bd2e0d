import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { subjectId } from '@consilium/testing';
import { decodeEvent } from './decode-event.ts';
import { encodeEvent } from './encode-event.ts';
import { currentVersionOf, eventRegistry } from './event-registry.ts';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';
import { eventSchemas, type EventType, isEventType } from './event-schemas.ts';
import { registryProblems } from './schema-registry.ts';
import { openText } from './sealed-text.ts';

const folder = new URL('../golden/', import.meta.url);
const golden = (name: string): Buffer => readFileSync(new URL(name, folder));
const versions = Object.entries(eventSchemas).flatMap(([type, schemas]) =>
  Object.keys(schemas).map((version) => ({
    type: type as EventType,
    schemaVersion: Number(version),
    file: `${type}.v${version}.json`,
  })),
);
/** Whose older payloads mean in the current version what they meant, without a change. */
const addsOptionalMembers: ReadonlySet<EventType> = new Set<EventType>([
  'readReleased',
  'caseImported',
  'annotationSubmitted',
]);
const envelope = decodeEnvelope(golden('envelope.v1.json'));
const instant = (text: string) => Date.parse(text) as Parameters<typeof encodeEvent>[1]['occurredAt'];

describe('golden payloads', () => {
  it('are there for every type and version that was ever released, and for nothing else', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('envelope.'));
    expect(files.sort()).toEqual(versions.map(({ file }) => file).sort());
  });

  it('can each be brought to the current version of their type', () => {
    expect(registryProblems(eventRegistry)).toEqual([]);
  });

  it.each(versions)(
    'of $file are read, and written again as the same bytes while they are current',
    ({ type, schemaVersion, file }) => {
      const payloadBytes = golden(file);
      const event = decodeEvent({ type, schemaVersion, payloadBytes });
      expect(event.type).toBe(type);
      const context = {
        ...envelope,
        occurredAt: instant(envelope.occurredAt),
        recordedAt: instant(envelope.recordedAt),
      };
      const encoded = encodeEvent(event, context);
      expect(encoded.schemaVersion).toBe(currentVersionOf(type));
      const isSame = schemaVersion === currentVersionOf(type) || addsOptionalMembers.has(type);
      expect(Buffer.from(encoded.payloadBytes).equals(payloadBytes)).toBe(isSame);
    },
  );

  it('hold the envelope’s bytes', () => {
    expect(Buffer.from(encodeEnvelope(envelope)).equals(golden('envelope.v1.json'))).toBe(true);
    expect(isEventType(envelope.type)).toBe(true);
  });

  it('say of a protocol of version 1 what it did', () => {
    const payloadBytes = golden('protocolAdopted.v1.json');
    expect(decodeEvent({ type: 'protocolAdopted', schemaVersion: 1, payloadBytes })).toMatchObject({
      protocolVersion: 2,
      protocol: {
        readsPerCase: 2,
        readsMaximum: 2,
        amendWindowMs: 0,
        labels: [{ term: 'nodule' }, { term: 'effusion' }],
        locations: [{ term: 'left' }, { term: 'right' }],
        progressionTerms: [],
        disagreements: { presence: 'adjudicate', label: 'record', extent: 'adjudicate' },
        adjudication: { panelSize: 1, sampledShare: 0 },
        goldShare: 0,
      },
    });
  });

  it('still open under their key: what a seal is bound to is final too', () => {
    const event = decodeEvent({ ...envelope, payloadBytes: golden('readSkipped.v1.json') });
    if (event.type !== 'readSkipped' || event.note?.state !== 'sealed') throw new Error('the golden note is sealed');
    const key = { subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, 7) };
    expect(openText(event.note, key, { eventId: envelope.eventId, type: event.type, field: 'note' })).toBe(
      'conozco al paciente',
    );
  });
});
