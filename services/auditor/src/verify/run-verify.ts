import type { Anchor } from '@consilium/anchor';
import { PostgresJournalAudit } from '@consilium/event-store';
import type { JournalCounters, StoredCheckpoint } from '@consilium/event-store';
import type { Database, Queryable } from '@consilium/postgres';
import type { TrustedLogKey } from '@consilium/transparency';
import type { Servers } from '../command/find-servers.ts';
import { counted } from '../command/progress.ts';
import type { Progress } from '../command/progress.ts';
import { collectHeads } from '../history/collect-heads.ts';
import { openDatabase, openHistory, openJournal, openKafka } from '../history/open-history.ts';
import type { readFrom } from '../history/open-history.ts';
import { makeScratchDatabase } from '../replay/scratch-database.ts';
import { JournalDigests } from './journal-digests.ts';
import type { HeadsOfPlace } from './merge-heads.ts';
import { Problems } from './problem.ts';
import type { Problem } from './problem.ts';
import { ProofBeside } from './proof-beside.ts';
import type { ProofResults, ProofTask } from './proof-beside.ts';
import { openSnapshot } from './shared-snapshot.ts';
import { verifyHistory } from './verify-history.ts';
import type { VerifiedHistory } from './verify-history.ts';
import { verifyKafka } from './verify-kafka.ts';
import { verifySnapshot } from './verify-snapshot.ts';
import { verifyViews } from './verify-views.ts';

export interface VerifyRequest {
  readonly from: ReturnType<typeof readFrom>;
  readonly servers: Servers;
  readonly keys: readonly TrustedLogKey[];
  /** Undefined: heads are compared with no anchor. */
  readonly anchor: Anchor | undefined;
  readonly kafka: boolean;
  readonly views: boolean;
  readonly scratchDatabaseUrl: string | undefined;
  readonly progress: Progress;
}

export interface VerifyReport extends VerifiedHistory {
  readonly holds: boolean;
  readonly from: string;
  /** Events after the newest head: they could still be rewritten unseen. */
  readonly unsealed: number;
  /** Records on Kafka and rows of views that were compared; null where they were not. */
  readonly kafkaRecords: number | null;
  readonly viewRows: number | null;
  /** In words, what was left out and why. */
  readonly notChecked: readonly string[];
  readonly problemCount: number;
  /** The first 100. */
  readonly problems: readonly Problem[];
}

interface ProofsBeside {
  views?: ProofBeside<'views'>;
  kafka?: ProofBeside<'kafka'>;
}

/** @throws CommandFailed, and what the servers throw */
export async function runVerify(request: VerifyRequest): Promise<VerifyReport> {
  return new VerifyRun(request).run();
}

class VerifyRun {
  readonly #request: VerifyRequest;
  readonly #problems = new Problems();
  readonly #notChecked: string[] = [];
  /** Size of the newest head in the anchor when this began. What comes there later is not yet where it was before. */
  #anchored = 0;
  #historyHolds = false;
  #kafkaRecords: number | null = null;
  #viewRows: number | null = null;

  constructor(request: VerifyRequest) {
    this.#request = request;
  }

  async run(): Promise<VerifyReport> {
    const { from, keys, anchor } = this.#request;
    if (keys.length === 0) this.#notChecked.push('signatures of heads: no verifier key was given');
    if (anchor === undefined) {
      this.#notChecked.push(
        'heads held outside the database: no anchor was given, so a history rewritten as a whole would pass',
      );
    }
    this.#anchored = (await anchor?.newest())?.size ?? 0;
    const history = from === 'postgres' ? await this.#verifyInstallation() : await this.#verifyOutside(from);
    return {
      ...history,
      holds: this.#problems.count === 0,
      from: typeof from === 'string' ? from : 'file',
      unsealed: history.events - history.sealed,
      kafkaRecords: this.#kafkaRecords,
      viewRows: this.#viewRows,
      notChecked: this.#notChecked,
      problemCount: this.#problems.count,
      problems: this.#problems.kept,
    };
  }

  /** Kafka or a file alone: what is there must be a whole history. */
  async #verifyOutside(from: Exclude<VerifyRequest['from'], 'postgres'>): Promise<VerifiedHistory> {
    const { servers, keys, progress } = this.#request;
    this.#notChecked.push('the journal and the views: this was read without the database');
    const source = await openHistory(from, servers, progress);
    try {
      progress.begin('history, heads');
      const place = from === 'kafka' ? 'kafka' : 'file';
      const history = await verifyHistory({
        source,
        // A file that was written when the anchor had a head has it too, as Kafka has.
        heads: this.#withAnchor([{ place, heads: source.heads(this.#problems.report), hasAll: true }]),
        tree: undefined,
        keys,
        report: this.#problems.report,
        onProgress: (events) => progress.at(events, source.expectedSize),
      });
      progress.end(`${counted(history.events)} events, ${counted(history.heads)} heads`);
      return history;
    } finally {
      await source.close();
    }
  }

  async #verifyInstallation(): Promise<VerifiedHistory> {
    const database = openDatabase(this.#request.servers);
    const proofs: ProofsBeside = {};
    try {
      const headsOnKafka = await this.#headsOnKafka();
      // One snapshot for journal, tree, counters and views, so that what goes on meanwhile is no difference.
      const found = await database.transaction(async (snapshot) => {
        const snapshotId = await openSnapshot(snapshot);
        const counters = await new PostgresJournalAudit(snapshot).counters();
        this.#startProofs(proofs, snapshotId, counters);
        const digests = new JournalDigests(counters, this.#request.servers.topicPrefix);
        const history = await this.#verifySnapshot(snapshot, headsOnKafka, digests);
        await this.#verifyViews(snapshot, proofs.views);
        return { history, digests };
      });
      await this.#verifyKafka(database, found.digests, proofs.kafka);
      return found.history;
    } finally {
      await proofs.views?.stop();
      await proofs.kafka?.stop();
      await database.close();
    }
  }

  /** What can be proved at all is proved beside the reading of the journal, by what this finds to hold. */
  #startProofs(proofs: ProofsBeside, snapshotId: string, counters: JournalCounters): void {
    const { servers, views } = this.#request;
    if (views) proofs.views = new ProofBeside({ kind: 'views', servers, snapshotId });
    if (this.#readsKafka()) proofs.kafka = new ProofBeside({ kind: 'kafka', servers, counters });
  }

  async #verifySnapshot(
    snapshot: Queryable,
    headsOnKafka: readonly StoredCheckpoint[] | undefined,
    digests: JournalDigests,
  ): Promise<VerifiedHistory> {
    const { keys, progress } = this.#request;
    progress.begin('history, tree, heads');
    const history = await verifySnapshot({
      snapshot,
      otherHeads: this.#withAnchor(
        headsOnKafka === undefined ? [] : [{ place: 'kafka', heads: generate(headsOnKafka), hasAll: true }],
      ),
      keys,
      report: this.#problems.report,
      onProgress: (events, of) => progress.at(events, of),
      onEvent: this.#readsKafka() ? (event, envelope) => digests.add(event, envelope) : undefined,
    });
    this.#historyHolds = this.#problems.count === 0;
    progress.end(`${counted(history.events)} events, ${counted(history.heads)} heads`);
    return history;
  }

  #withAnchor(heads: readonly HeadsOfPlace[]): readonly HeadsOfPlace[] {
    const { anchor } = this.#request;
    if (anchor === undefined) return heads;
    const { report } = this.#problems;
    const anchored = anchor.heads((name) => {
      report({ where: 'anchor', code: 'STRANGE_FILE', subject: name, message: 'it is no checkpoint of the relay' });
    });
    return [...heads, { place: 'anchor', heads: upTo(anchored, this.#anchored) }];
  }

  async #verifyViews(snapshot: Queryable, proof: ProofsBeside['views']): Promise<void> {
    const { views, progress } = this.#request;
    if (!views) {
      this.#notChecked.push('views: left out');
      return;
    }
    progress.begin('views');
    this.#viewRows = (await this.#proved(proof)) ?? (await this.#compareViews(snapshot));
    progress.end(`${counted(this.#viewRows ?? 0)} rows of views beside those of a replay`);
  }

  /** Undefined where it has failed, or goes by a history that does not hold. */
  async #proved<Kind extends ProofTask['kind']>(
    proof: ProofBeside<Kind> | undefined,
  ): Promise<ProofResults[Kind] | undefined> {
    return this.#historyHolds ? proof?.result((done, of) => this.#request.progress.at(done, of)) : undefined;
  }

  /** Names what is wrong. */
  async #compareViews(snapshot: Queryable): Promise<number | null> {
    const { servers, scratchDatabaseUrl, progress } = this.#request;
    const scratch = await makeScratchDatabase(scratchDatabaseUrl ?? servers.databaseUrl ?? '');
    try {
      const source = await openJournal(snapshot, async () => undefined);
      const rows = await verifyViews({
        source,
        snapshot,
        scratch: scratch.database,
        report: this.#problems.report,
        onReplayed: (events, of) => progress.at(events, of),
        onCompared: (done) => progress.at(done, undefined),
      });
      return rows ?? null;
    } finally {
      await scratch.drop();
    }
  }

  #readsKafka(): boolean {
    const { kafka, servers } = this.#request;
    return kafka && servers.kafkaBrokers !== undefined;
  }

  async #headsOnKafka(): Promise<readonly StoredCheckpoint[] | undefined> {
    const { servers } = this.#request;
    if (!this.#readsKafka()) return undefined;
    return collectHeads(openKafka(servers), servers.topicPrefix, this.#problems.report);
  }

  async #verifyKafka(database: Database, digests: JournalDigests, proof: ProofsBeside['kafka']): Promise<void> {
    const { kafka, progress } = this.#request;
    if (!this.#readsKafka()) {
      this.#notChecked.push(kafka ? 'Kafka: KAFKA_BROKERS is not set' : 'Kafka: left out');
      return;
    }
    progress.begin('Kafka beside journal');
    const proved = await this.#proved(proof);
    const holds = proved !== undefined && digests.areThoseOf(proved);
    this.#kafkaRecords = holds ? proved.records : await this.#compareKafka(database);
    progress.end(`${counted(this.#kafkaRecords)} records`);
  }

  /** Names what is wrong. */
  async #compareKafka(database: Database): Promise<number> {
    const { servers, progress } = this.#request;
    const audit = new PostgresJournalAudit(database);
    // Before Kafka is read: all that was published by now must be there.
    const counters = await audit.counters();
    return verifyKafka({
      audit,
      counters,
      messaging: openKafka(servers),
      prefix: servers.topicPrefix,
      report: this.#problems.report,
      onProgress: (records, of) => progress.at(records, of),
    });
  }
}

async function* generate<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}

async function* upTo(heads: AsyncGenerator<StoredCheckpoint>, size: number): AsyncGenerator<StoredCheckpoint> {
  for await (const head of heads) {
    if (head.size > size) return;
    yield head;
  }
}
