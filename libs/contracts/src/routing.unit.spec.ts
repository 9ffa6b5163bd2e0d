import { describe, expect, it } from '@jest/globals';
import { aggregates, streamIdOf } from '@consilium/domain';
import { caseId } from '@consilium/testing';
import { eventTopics, murmur2, partitionOf, partitionsPerTopic, routeOf, topicOf } from './routing.ts';

describe('murmur2', () => {
  // org.apache.kafka.common.utils.UtilsTest.testMurmur2
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('of %s is what Kafka’s own test says', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('reads its own bytes of a larger buffer', () => {
    expect(murmur2(Buffer.from('--foobar').subarray(2))).toBe(-790332482);
  });
});

describe('routing', () => {
  it('keeps the partition of a key below the number of partitions, also of a negative hash', () => {
    expect(partitionOf('21')).toBe((-973932308 & 0x7fffffff) % 12);
    const used = new Set(Array.from({ length: 500 }, (_, index) => partitionOf(streamIdOf('case', caseId(index)))));
    expect([...used].sort((one, other) => one - other)).toEqual(
      Array.from({ length: partitionsPerTopic }, (_, n) => n),
    );
  });

  it('sends a stream to the topic of its aggregate', () => {
    for (const aggregate of aggregates) {
      const streamId = streamIdOf(aggregate, caseId(1));
      expect(routeOf(streamId)).toEqual({ topic: aggregate, partition: partitionOf(streamId) });
    }
    expect(topicOf('consilium', 'case')).toBe('consilium.case.v1');
    expect(eventTopics('test')).toEqual(aggregates.map((aggregate) => `test.${aggregate}.v1`));
  });

  it('refuses what is no stream', () => {
    expect(() => routeOf(streamIdOf('case', 'x'))).toThrow('no stream id');
  });
});
