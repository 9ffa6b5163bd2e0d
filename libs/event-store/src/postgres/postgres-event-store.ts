import type { Instant, OrganisationId } from '@consilium/domain';
import {
  constraintOf,
  hasSqlState,
  readOptionalInteger,
  readOptionalText,
  readOptionalTexts,
  sqlState,
} from '@consilium/postgres';
import type { Database, Row, Statement } from '@consilium/postgres';
import { checkAppend, checkLoad, checkRenewLease } from '../check-append.ts';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  Loaded,
  LoadRequest,
  RenewLeaseRequest,
  StreamWrite,
} from '../event-store.ts';
import { InvalidAppend } from '../store-errors.ts';
import { appendManyStatement } from './append-many-statement.ts';
import { AppendQueue } from './append-queue.ts';
import type { AppendQueueOptions } from './append-queue.ts';
import { journalState } from './journal-state.ts';
import { loadStatement, readLoaded } from './load-statement.ts';
import { appendBatchStatement, appendOneStatement, asSingleAppend } from './single-append.ts';
import type { SingleAppend } from './single-append.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

/** Appends that travel together: enough to share the costs of a transaction, few enough not to wait long for each other. */
const queueOptions: AppendQueueOptions = {
  maxInFlight: 4,
  patienceMs: 100,
  maxBatch: 32,
  maxBatchBytes: 1_048_576,
  maxWaiting: 10_000,
};

/** Safe to use from any number of processes: every decision about order is made by the functions in the database. */
export class PostgresEventStore implements EventStore {
  readonly #database: Database;
  readonly #queue: AppendQueue;

  constructor(database: Database, options: Partial<AppendQueueOptions> = {}) {
    this.#database = database;
    this.#queue = new AppendQueue(async (organisation, batch) => this.#appendBatch(organisation, batch), {
      ...queueOptions,
      ...options,
    });
  }

  async load(request: LoadRequest): Promise<Loaded> {
    checkLoad(request);
    const session = this.#database.forOrganisation(request.organisation);
    const rows = await unavailableWhenTransient(async () => session.query(loadStatement(request)));
    return readLoaded(request.streams, rows);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    checkAppend(request);
    const single = asSingleAppend(request);
    if (single !== undefined) return this.#queue.append(single);
    const row = await this.#run(request.organisation, appendManyStatement(request));
    return readOutcome(request.writes, readOptionalText(row, 'outcome'));
  }

  async renewLease(request: RenewLeaseRequest): Promise<Instant | undefined> {
    checkRenewLease(request);
    const { organisation, caseId, annotatorId, claimId, leaseMs } = request;
    const row = await this.#run(organisation, {
      name: 'journal-renew-lease',
      text: 'SELECT journal.renew_lease($1, $2, $3, $4, $5) AS lease_ends_at_ms',
      values: [organisation, caseId, annotatorId, claimId, leaseMs],
    });
    const leaseEndsAtMs = readOptionalInteger(row, 'lease_ends_at_ms');
    return leaseEndsAtMs === undefined ? undefined : (leaseEndsAtMs as Instant);
  }

  async #appendBatch(organisation: OrganisationId, batch: readonly SingleAppend[]): Promise<readonly AppendOutcome[]> {
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) {
      const row = await this.#run(organisation, appendOneStatement(only));
      return [readOutcome([only.write], readOptionalText(row, 'outcome'))];
    }
    const row = await this.#run(organisation, appendBatchStatement(organisation, batch));
    const outcomes = readOptionalTexts(row, 'outcomes');
    return batch.map(({ write }, index) => readOutcome([write], outcomes?.[index]));
  }

  async #run(organisation: OrganisationId, statement: Statement): Promise<Row> {
    const session = this.#database.forOrganisation(organisation);
    const [row] = await unavailableWhenTransient(async () => session.query(statement)).catch(refuseBrokenContract);
    if (row === undefined) throw new Error('the journal gave no row');
    return row;
  }
}

/** An outcome other than 'appended' is written by the append functions alone, so its shape is known. */
const readOutcome = (writes: readonly StreamWrite[], json: string | undefined): AppendOutcome =>
  json === undefined
    ? {
        kind: 'appended',
        streams: writes.map(({ streamId, expectedVersion, events }) => ({
          streamId,
          version: expectedVersion + events.length,
        })),
      }
    : (JSON.parse(json) as AppendOutcome);

/** What the schema refuses although the request passed the checks: ids that are taken, rows of another organisation. */
function refuseBrokenContract(error: unknown): never {
  if (hasSqlState(error, sqlState.uniqueViolation)) {
    throw new InvalidAppend(`an id is taken (${constraintOf(error) ?? 'unknown constraint'})`, { cause: error });
  }
  if (hasSqlState(error, journalState.brokenContract) || hasSqlState(error, sqlState.insufficientPrivilege)) {
    throw new InvalidAppend('the journal refused the append', { cause: error });
  }
  throw error;
}
