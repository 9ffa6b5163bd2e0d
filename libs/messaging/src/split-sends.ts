import type { OutgoingRecord } from './records.ts';

/** Brokers refuse a record batch above 1 MiB (message.max.bytes); an event is at most 256 KiB. */
export const longestSendOfPartitionBytes: number = 900 * 1024;
export const longestSendBytes: number = 8 * 1024 * 1024;

/** Length of keys, headers and framing that is not counted one by one. */
const framingBytes = 64;

/** Cuts records into sends that brokers take, without changing their order. A record that is too long goes alone, to be refused. */
export function splitSends(records: readonly OutgoingRecord[]): readonly (readonly OutgoingRecord[])[] {
  const sends: OutgoingRecord[][] = [];
  let send: OutgoingRecord[] = [];
  let sendBytes = 0;
  let partitionBytes = new Map<string, number>();
  for (const record of records) {
    const bytes = sizeOf(record);
    const partition = `${record.topic} ${record.partition}`;
    const ofPartition = (partitionBytes.get(partition) ?? 0) + bytes;
    if (send.length > 0 && (ofPartition > longestSendOfPartitionBytes || sendBytes + bytes > longestSendBytes)) {
      sends.push(send);
      send = [];
      sendBytes = 0;
      partitionBytes = new Map();
    }
    send.push(record);
    sendBytes += bytes;
    partitionBytes.set(partition, (partitionBytes.get(partition) ?? 0) + bytes);
  }
  if (send.length > 0) sends.push(send);
  return sends;
}

function sizeOf({ key, value, headers }: OutgoingRecord): number {
  let bytes = framingBytes + Buffer.byteLength(key) + value.length;
  for (const [name, text] of Object.entries(headers)) bytes += Buffer.byteLength(name) + Buffer.byteLength(text) + 8;
  return bytes;
}
