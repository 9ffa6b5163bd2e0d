import { checkpointTopic } from '@consilium/contracts';
import type { StoredCheckpoint } from '@consilium/event-store';
import { readTopics } from '@consilium/messaging';
import type { IncomingRecord, Messaging } from '@consilium/messaging';
import type { ReportProblem } from './history-source.ts';

/** The heads on Kafka, about 300 bytes each. A relay that took over may have sent the newest ones again. */
export class HeadCollector {
  readonly heads: StoredCheckpoint[] = [];
  readonly #report: ReportProblem;

  constructor(report: ReportProblem) {
    this.#report = report;
  }

  take({ headers, value, topic, partition, offset }: IncomingRecord): void {
    const size = Number(headers['ce_size']);
    const note = Buffer.from(value).toString('utf8');
    const last = this.heads.at(-1);
    const problem = (code: string, message: string): void =>
      this.#report({ where: 'kafka', code, subject: `${topic} ${String(partition)} offset ${offset}`, message });
    if (!Number.isSafeInteger(size) || size < 1) problem('RECORD_UNREADABLE', 'it is no checkpoint');
    else if (last === undefined || size > last.size) this.heads.push({ size, note });
    else if (this.heads.find((head) => head.size === size)?.note !== note) {
      problem('HEAD_OUT_OF_ORDER', `a head of ${String(size)} comes after one of ${String(last.size)}`);
    }
  }
}

export async function collectHeads(
  messaging: Messaging,
  prefix: string,
  report: ReportProblem,
): Promise<readonly StoredCheckpoint[]> {
  const collector = new HeadCollector(report);
  await readTopics(messaging, {
    topics: [checkpointTopic(prefix)],
    reader: 'consilium-auditor',
    onRecords: (_topic, _partition, records) => {
      for (const record of records) collector.take(record);
    },
  });
  return collector.heads;
}
