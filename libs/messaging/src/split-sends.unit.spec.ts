import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutgoingRecord } from './records.ts';
import { longestSendBytes, longestSendOfPartitionBytes, splitSends } from './split-sends.ts';

const record = (partition: number, bytes: number): OutgoingRecord => ({
  topic: 't',
  partition,
  key: 'k',
  value: new Uint8Array(bytes),
  headers: {},
});

describe('splitSends', () => {
  it('keeps every record, in order, and every send within what brokers take', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 0, max: 256 * 1024 })), { maxLength: 80 }),
        (sizes) => {
          const records = sizes.map(([partition, bytes]) => record(partition, bytes));
          const sends = splitSends(records);
          expect(sends.flat()).toEqual(records);
          for (const send of sends) {
            const bytesOf = (some: readonly OutgoingRecord[]): number =>
              some.reduce((sum, { value }) => sum + value.length, 0);
            expect(bytesOf(send)).toBeLessThanOrEqual(longestSendBytes);
            for (const ofPartition of Map.groupBy(send, ({ partition }) => partition).values()) {
              expect(bytesOf(ofPartition)).toBeLessThanOrEqual(longestSendOfPartitionBytes);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('sends a record that is too long alone', () => {
    const sends = splitSends([record(0, 1), record(0, longestSendOfPartitionBytes * 2), record(0, 1)]);
    expect(sends.map((send) => send.length)).toEqual([1, 1, 1]);
  });

  it('sends nothing for nothing', () => {
    expect(splitSends([])).toEqual([]);
  });
});
