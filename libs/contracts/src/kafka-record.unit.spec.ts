import { describe, expect, it } from '@jest/globals';
import { streamIdOf } from '@consilium/domain';
import { caseId, commandId, eventId, instant, organisationId, personId, readId } from '@consilium/testing';
import { CloudEvent, Kafka, type KafkaMessage } from 'cloudevents';
import { encodeEvent } from './encode-event.ts';
import { payloadHashOf, streamLinkOf, streamStartOf } from './event-hashes.ts';
import { decodeRecord, encodeRecord, placeOfRecord, type SequencedEvent, UnreadableRecord } from './kafka-record.ts';
import { partitionOf } from './routing.ts';

const streamId = streamIdOf('case', caseId(1));
const encoded = encodeEvent(
  { type: 'readsCompleted', readIds: [readId(1)] },
  {
    eventId: eventId(1),
    streamId,
    streamVersion: 1,
    organisation: organisationId(1),
    actor: { id: personId(1), role: 'annotator' },
    commandId: commandId(1),
    correlationId: commandId(2),
    causationId: commandId(1),
    occurredAt: instant(1_790_000_000_123),
    recordedAt: instant(1_790_000_000_456),
  },
);
const streamHash = streamLinkOf(
  streamStartOf(streamId),
  payloadHashOf(encoded.salt, encoded.payloadBytes),
  encoded.metaBytes,
);
const sequenced: SequencedEvent = {
  ...encoded,
  streamId,
  streamHash,
  globalSeq: 42,
  topic: 'case',
  partition: partitionOf(streamId),
  partitionSeq: 7,
};
const logId = 'a1b2';
const record = encodeRecord(sequenced, 'test', logId);

describe('a Kafka record', () => {
  it('goes to the stream’s place, under its key, with the stored bytes as value', () => {
    expect(record).toMatchObject({ topic: 'test.case.v1', partition: partitionOf(streamId), key: streamId });
    expect(Buffer.from(record.value).equals(encoded.payloadBytes)).toBe(true);
  });

  it('is a CloudEvent to a reader that is not ours', () => {
    const value = Buffer.from(record.value).toString('utf8');
    const message: KafkaMessage<string> = { headers: record.headers, key: record.key, value, body: value };
    const read = Kafka.toEvent(message);
    if (!(read instanceof CloudEvent)) throw new Error('one event was expected');
    expect(read.validate()).toBe(true);
    expect(read).toMatchObject({
      specversion: '1.0',
      id: eventId(1),
      source: '/consilium/a1b2',
      type: 'consilium.case.readsCompleted.v1',
      time: '2026-09-21T14:13:20.456Z',
      subject: streamId,
      datacontenttype: 'application/json',
      partitionkey: streamId,
      logid: logId,
      globalseq: '42',
      partitionseq: '7',
      data: { readIds: [readId(1)] },
    });
  });

  it('names extensions by lower-case letters and digits only (CloudEvents 1.0.2, section 3.1)', () => {
    for (const name of Object.keys(record.headers)) expect(name).toMatch(/^(content-type|ce_[a-z0-9]{1,20})$/);
  });

  it('joins the command’s trace (W3C Trace Context)', () => {
    expect(record.headers['ce_traceparent']).toBe(
      `00-${commandId(2).replaceAll('-', '')}-${eventId(1).replaceAll('-', '').slice(16)}-01`,
    );
  });

  it('carries all that history is checked with', () => {
    const event = decodeRecord(record);
    expect(event).toMatchObject({ logId, globalSeq: 42, partitionSeq: 7, envelope: { streamId, eventId: eventId(1) } });
    const link = streamLinkOf(streamStartOf(streamId), payloadHashOf(event.salt, event.payloadBytes), event.metaBytes);
    expect(Buffer.from(link).equals(event.streamHash)).toBe(true);
    expect(Buffer.from(event.payloadHash).equals(payloadHashOf(encoded.salt, encoded.payloadBytes))).toBe(true);
    expect(placeOfRecord(record)).toEqual({ logId, globalSeq: 42, partitionSeq: 7 });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['no envelope', { ce_meta: '{}' }],
    ['an envelope that is no JSON', { ce_meta: '{' }],
    ['a sequence number of 0', { ce_globalseq: '0' }],
    ['a sequence number in words', { ce_partitionseq: 'seven' }],
    ['an empty sequence number', { ce_partitionseq: '' }],
  ])('is refused with %s', (_name, headers) => {
    expect(() => decodeRecord({ ...record, headers: { ...record.headers, ...headers } })).toThrow(UnreadableRecord);
  });

  it('is refused without its headers', () => {
    expect(() => decodeRecord({ headers: {}, value: record.value })).toThrow(UnreadableRecord);
    expect(() => placeOfRecord({ headers: {} })).toThrow(UnreadableRecord);
  });
});
