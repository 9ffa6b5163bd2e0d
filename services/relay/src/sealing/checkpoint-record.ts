import { checkpointTopic } from '@consilium/contracts';
import type { StoredCheckpoint } from '@consilium/event-store';
import type { OutgoingRecord } from '@consilium/messaging';

/** The note as it is; the size also as a header, so that the relay finds where the topic ends without reading notes. */
export const checkpointRecord = (
  prefix: string,
  logId: string,
  origin: string,
  { size, note }: StoredCheckpoint,
): OutgoingRecord => ({
  topic: checkpointTopic(prefix),
  partition: 0,
  key: origin,
  value: Buffer.from(note, 'utf8'),
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    ce_specversion: '1.0',
    ce_id: `${origin}/${String(size)}`,
    ce_source: `/consilium/${logId}`,
    ce_type: 'consilium.checkpoint.v1',
    ce_logid: logId,
    ce_size: String(size),
  },
});

/** The size that a record of the topic names; undefined for one that is none of ours. */
export function sizeOfCheckpointRecord({ headers }: Pick<OutgoingRecord, 'headers'>): number | undefined {
  const text = headers['ce_size'] ?? '';
  return headers['ce_type'] === 'consilium.checkpoint.v1' && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
