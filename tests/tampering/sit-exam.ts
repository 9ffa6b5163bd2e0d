import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreMigrations, PostgresJournalAudit } from '@consilium/event-store';
import { Database, type Queryable, type Transaction } from '@consilium/postgres';
import { createTestDatabase } from '@consilium/postgres/testing';
import {
  activeGeneration,
  createGeneration,
  dropGeneration,
  parkedStreamsOf,
  placesOf,
  ProjectionStore,
  readModelMigrations,
  switchGeneration,
  type ViewPlace,
} from '@consilium/read-model';
import {
  compareWithReplay,
  FileHistory,
  type HeadsOfPlace,
  openJournal,
  Problems,
  proveViews,
  replayEvents,
  trustedKeys,
  verifyHistory,
  verifySnapshot,
  verifyViews,
} from '@consilium/auditor';
import { examEvents } from './exam-events.ts';
import { buildExamHistory, type ExamHistory } from './exam-history.ts';
import { fileTamperings } from './file-tamperings.ts';
import { readJournalSnapshot } from './journal-snapshot.ts';
import { journalTamperings } from './journal-tamperings.ts';
import type { SqlTampering } from './tampering.ts';
import { readViewSnapshot, viewTamperings } from './view-tamperings.ts';

export interface ExamRequest {
  readonly serverUrl?: string;
  readonly seed: number;
  readonly files: number;
  readonly journals: number;
  readonly views: number;
  /** Which of those of the views are made. Default: all. */
  readonly isWanted?: (tampering: SqlTampering) => boolean;
  readonly onProgress?: (done: number) => void;
}

export interface ExamResult {
  readonly tamperings: number;
  readonly kinds: number;
  /** What was not found, ended the verifier instead of being named, or made it show content. */
  readonly missed: readonly string[];
  /** What was found where nothing had been touched: must be nothing. */
  readonly falseAlarms: readonly string[];
}

/** Of sealed texts, terms and coordinates. `verify` records no access, for it shows no such thing (docs/AUDIT.md). */
const contents: readonly string[] = [
  ...new Set(
    examEvents().flatMap(({ encoded }) =>
      [
        ...Buffer.from(encoded.payloadBytes)
          .toString('utf8')
          .matchAll(/"(?:ciphertext|nonce)":"([^"]+)"/g),
      ].flatMap(([, text]) => text ?? []),
    ),
  ),
  ...['nodule', 'identityVisible', 'clearOnImage', '10.50'],
];

class Undone extends Error {}

/** Gives every tampering to the verifier's own code, each in the untouched history, and looks whether it names something. */
export async function sitExam(request: ExamRequest): Promise<ExamResult> {
  const migrations = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
  const server = request.serverUrl === undefined ? {} : { serverUrl: request.serverUrl };
  const [database, scratch] = [
    await createTestDatabase({ migrations, ...server }),
    await createTestDatabase({ migrations, ...server }),
  ];
  const folder = await mkdtemp(join(tmpdir(), 'consilium-exam-'));
  const owner = new Database({ url: database.url, applicationName: 'consilium-exam', poolSize: 4 });
  const projector = new Database({
    url: scratch.url,
    role: 'consilium_projector',
    applicationName: 'consilium-exam',
    poolSize: 4,
  });
  try {
    const history = await buildExamHistory(database.url);
    return await new Exam(request, history, owner, projector, folder).sit();
  } finally {
    await Promise.all([owner.close(), projector.close()]);
    await Promise.all([database.drop(), scratch.drop(), rm(folder, { recursive: true })]);
  }
}

class Exam {
  readonly #request: ExamRequest;
  readonly #history: ExamHistory;
  readonly #owner: Database;
  readonly #scratch: Database;
  readonly #folder: string;
  readonly #keys: ReturnType<typeof trustedKeys>;
  readonly #kinds = new Set<string>();
  readonly #missed: string[] = [];
  #done = 0;
  #places = '';

  constructor(request: ExamRequest, history: ExamHistory, owner: Database, scratch: Database, folder: string) {
    this.#request = request;
    this.#history = history;
    this.#owner = owner;
    this.#scratch = scratch;
    this.#folder = folder;
    this.#keys = trustedKeys([history.key]);
  }

  async sit(): Promise<ExamResult> {
    const { seed, files, journals, views, isWanted = () => true } = this.#request;
    const { file, generation } = this.#history;
    await this.#replay();
    const falseAlarms = [
      ...(await this.#verifyFile(file)),
      ...(await this.#afterwards([], async (snapshot) => this.#verifyJournal(snapshot))),
      ...(await this.#afterwards([], async (snapshot) => this.#verifyViews(snapshot))),
    ];
    for (const { kind, what, apply } of fileTamperings(seed, files, file)) {
      await this.#take(`file: ${kind}`, what, async () => this.#verifyFile(apply(file)));
    }
    const journal = await readJournalSnapshot(this.#owner);
    for (const tampering of journalTamperings(seed, journals, journal)) {
      await this.#takeSql('journal', tampering, async (snapshot) => this.#verifyJournal(snapshot));
    }
    const rows = await readViewSnapshot(this.#owner, generation);
    for (const tampering of viewTamperings(seed, views, rows)) {
      if (!isWanted(tampering)) continue;
      await this.#takeSql('views', tampering, async (snapshot) => this.#verifyViews(snapshot));
    }
    return { tamperings: this.#done, kinds: this.#kinds.size, missed: this.#missed, falseAlarms };
  }

  async #take(kind: string, what: string, verify: () => Promise<readonly string[]>): Promise<void> {
    this.#kinds.add(kind);
    this.#done += 1;
    try {
      const problems = await verify();
      if (problems.length === 0) this.#missed.push(`${kind}: ${what}`);
      const shown = problems.find((problem) => contents.some((content) => problem.includes(content)));
      if (shown !== undefined) this.#missed.push(`${kind}: ${what}: content is shown: ${shown}`);
    } catch (error) {
      this.#missed.push(`${kind}: ${what}: the verifier ended with ${String(error)}`);
    }
    this.#request.onProgress?.(this.#done);
  }

  async #takeSql(
    subject: string,
    { kind, what, statements }: SqlTampering,
    verify: (snapshot: Transaction) => Promise<readonly string[]>,
  ): Promise<void> {
    await this.#take(`${subject}: ${kind}`, what, async () => this.#afterwards(statements, verify));
  }

  /** In a transaction of its own, which is then undone. */
  async #afterwards(
    statements: SqlTampering['statements'],
    verify: (snapshot: Transaction) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    let found: readonly string[] = [];
    try {
      await this.#owner.transaction(async (transaction) => {
        await transaction.execute({ text: 'SET LOCAL session_replication_role = replica' });
        for (const statement of statements) await transaction.execute(statement);
        found = await verify(transaction);
        throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    return found;
  }

  #anchor(): HeadsOfPlace {
    const { anchor } = this.#history;
    return {
      place: 'anchor',
      heads: (async function* () {
        for (const [size, note] of anchor) yield { size, note };
      })(),
    };
  }

  async #verifyFile(bytes: Buffer): Promise<readonly string[]> {
    const path = join(this.#folder, 'log.jsonl');
    await writeFile(path, bytes);
    const problems = new Problems();
    const source = await FileHistory.open(path);
    await verifyHistory({
      source,
      heads: [{ place: 'file', heads: source.heads(), hasAll: true }, this.#anchor()],
      tree: undefined,
      keys: this.#keys,
      report: problems.report,
      onProgress: () => undefined,
    });
    return named(problems);
  }

  async #verifyJournal(snapshot: Queryable): Promise<readonly string[]> {
    const problems = new Problems();
    await verifySnapshot({
      snapshot,
      otherHeads: [this.#anchor()],
      keys: this.#keys,
      report: problems.report,
      onProgress: () => undefined,
    });
    return named(problems);
  }

  /** The replay of the untouched places serves them all; a tampering of a place has one of its own. */
  async #verifyViews(snapshot: Queryable): Promise<readonly string[]> {
    const problems = new Problems();
    const { generation } = this.#history;
    const common = { snapshot, report: problems.report, onCompared: () => undefined };
    const places = await placesOf(snapshot, generation);
    const isProved = await this.#proveViews(snapshot, places);
    if (JSON.stringify(places) === this.#places) {
      const replayed = await activeGeneration(this.#scratch);
      await compareWithReplay({ ...common, generation, scratch: this.#scratch, replayed });
      return agreed(named(problems), isProved);
    }
    await this.#startScratchAnew();
    const source = await openJournal(snapshot, async () => undefined);
    await verifyViews({ ...common, source, scratch: this.#scratch, onReplayed: () => undefined });
    await this.#startScratchAnew();
    await this.#replay();
    return agreed(named(problems), isProved);
  }

  /** The quick proof, after which nothing is compared any more: it must succeed just where nothing was touched. */
  async #proveViews(snapshot: Queryable, places: readonly ViewPlace[]): Promise<boolean> {
    const { generation } = this.#history;
    if ((await parkedStreamsOf(snapshot, generation)).length > 0) return false;
    const audit = new PostgresJournalAudit(snapshot);
    const proved = await proveViews({ audit, snapshot, generation, places, onProgress: () => undefined });
    return proved !== undefined;
  }

  async #replay(): Promise<void> {
    const generation = await activeGeneration(this.#scratch);
    const store = new ProjectionStore(this.#scratch, { generation });
    const source = await openJournal(this.#owner, async () => undefined);
    for await (const batch of source.events({})) await replayEvents(store, source.logId ?? '', batch);
    this.#places = JSON.stringify(await placesOf(this.#owner, this.#history.generation));
  }

  async #startScratchAnew(): Promise<void> {
    const old = await activeGeneration(this.#scratch);
    const next = await createGeneration(this.#scratch);
    // The old one has seen more, and would keep an empty one from taking its place.
    await this.#scratch.execute({ text: `DELETE FROM view_${String(old)}.checkpoint` });
    await switchGeneration(this.#scratch, next);
    await dropGeneration(this.#scratch, old);
  }
}

/** A tampering that the quick proof passes over would not be looked for, whatever the comparison would name. */
function agreed(problems: readonly string[], isProved: boolean): readonly string[] {
  if (isProved === (problems.length === 0)) return problems;
  return isProved ? [] : ['the quick proof fails where nothing is wrong'];
}

const named = (problems: Problems): readonly string[] =>
  problems.kept.map(({ where, code, subject, message }) => `${where} ${code} ${subject}: ${message}`);
