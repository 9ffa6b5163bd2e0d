import type {
  AuditedRow,
  JournalAudit,
  JournalCounters,
  SealStore,
  StoredCheckpoint,
  StreamLink,
} from '@consilium/event-store';
import type { Found } from './found-event.ts';
import type { HistoryRange, HistorySource } from './history-source.ts';
import type { HistoryLookUp } from './history-look-up.ts';
import { LinksBefore } from './links-before.ts';
import type { ShownAccess } from './record-access.ts';

const rowsPerRead = 1_000;
const headsPerRead = 1_000;

export interface PostgresHistoryOptions {
  readonly audit: JournalAudit;
  readonly seals: SealStore;
  readonly counters: JournalCounters;
  readonly recordAccess: (access: ShownAccess) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The journal. */
export class PostgresHistory implements HistorySource {
  readonly kind = 'postgres';
  readonly #options: PostgresHistoryOptions;

  constructor(options: PostgresHistoryOptions) {
    this.#options = options;
  }

  get seals(): SealStore {
    return this.#options.seals;
  }

  get counters(): JournalCounters {
    return this.#options.counters;
  }

  get logId(): string | undefined {
    return this.#options.counters.logId;
  }

  get expectedSize(): number {
    return this.#options.counters.lastGlobalSeq;
  }

  async *events({ after = 0, to, streamId }: HistoryRange): AsyncGenerator<readonly Found[]> {
    if (streamId !== undefined) {
      yield* this.#ofStream(streamId, after, to);
      return;
    }
    const { audit } = this.#options;
    const linksBefore = new LinksBefore(audit);
    // The next page is on its way while this one is worked on.
    let next = audit.rowsAfter(after, rowsPerRead);
    for (;;) {
      const rows = await next;
      const last = rows.at(-1);
      if (last === undefined) return;
      const links = linksBefore.of(rows);
      next = audit.rowsAfter(last.globalSeq, rowsPerRead);
      // Whoever stops early does not wait for it; a failure that nobody waits for must not end the process.
      next.catch(() => undefined);
      const found = foundOf(rows, await links);
      const wanted = to === undefined ? found : found.filter(({ globalSeq }) => globalSeq <= to);
      if (wanted.length > 0) yield wanted;
      if (wanted.length < rows.length) return;
    }
  }

  async *heads(): AsyncGenerator<StoredCheckpoint> {
    for (let size: number | undefined; ;) {
      const heads = await this.#options.audit.headsAfter(size, headsPerRead);
      yield* heads;
      const last = heads.at(-1);
      if (last === undefined || heads.length < headsPerRead) return;
      ({ size } = last);
    }
  }

  lookUp(): HistoryLookUp {
    return this.#options.audit;
  }

  async recordAccess(access: ShownAccess): Promise<void> {
    await this.#options.recordAccess(access);
  }

  async close(): Promise<void> {
    await this.#options.close();
  }

  async *#ofStream(streamId: string, after: number, to: number | undefined): AsyncGenerator<readonly Found[]> {
    const linksBefore = new LinksBefore(this.#options.audit);
    for (let version = 0; ;) {
      const rows = await this.#options.audit.streamAfter(streamId, version, rowsPerRead);
      const last = rows.at(-1);
      if (last === undefined) return;
      version = last.streamVersion;
      // Without a number yet: the log does not have it.
      const found = foundOf(rows, await linksBefore.of(rows));
      yield found.filter(({ globalSeq }) => globalSeq > after && globalSeq <= (to ?? Infinity));
    }
  }
}

const foundOf = (rows: readonly AuditedRow[], before: readonly (StreamLink | undefined)[]): readonly Found[] =>
  rows.map((row, index) => {
    const { globalSeq, topic, partition, partitionSeq, streamId, streamVersion, organisation, event } = row;
    if (event === undefined) return { globalSeq, missing: `${streamId} version ${String(streamVersion)}` };
    const { metaBytes, payloadBytes, salt, streamHash, ...columns } = event;
    return {
      globalSeq,
      topic,
      partition,
      partitionSeq,
      metaBytes,
      payloadBytes,
      salt,
      streamHash,
      columns: { ...columns, streamId, streamVersion, organisationOfLog: organisation, previous: before[index] },
    };
  });
