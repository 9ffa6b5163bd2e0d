import { isUuid } from '@consilium/domain';
import type { Instant, OrganisationId, SubjectId } from '@consilium/domain';
import {
  constraintOf,
  detailOf,
  hasSqlState,
  readOptionalInteger,
  readOptionalText,
  readOptionalTexts,
  sqlState,
} from '@consilium/postgres';
import type { Database, Row, Statement } from '@consilium/postgres';
import { passFailpoint } from '@consilium/runtime';
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
import { SubjectErased } from '../vault/subject-keys.ts';
import { appendManyStatement } from './append-many-statement.ts';
import { chooseAppends } from './choose-appends.ts';
import { chooseLoads } from './choose-loads.ts';
import { journalState } from './journal-state.ts';
import { loadStatement, readLoaded } from './load-statement.ts';
import { appendBatchStatement, appendOneStatement, asOneStreamAppend } from './one-stream-append.ts';
import { SharedTrips } from './shared-trips.ts';
import type { OneStreamAppend } from './one-stream-append.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

export interface PostgresEventStoreOptions {
  /** Trips of loads, and of appends, under way at a time: see SharedTrips. */
  readonly maxInFlight: number;
  readonly patienceMs: number;
  /** Requests that travel together: enough to share the costs of a trip, few enough that the next can be prepared meanwhile. */
  readonly maxBatch: number;
  /** Meta, payload and answers of the appends that travel together, unless the first alone has more. */
  readonly maxBatchBytes: number;
  /** Loads, and appends, beyond this are refused as unavailable. */
  readonly maxWaiting: number;
}

const standard: PostgresEventStoreOptions = {
  maxInFlight: 4,
  patienceMs: 100,
  maxBatch: 16,
  maxBatchBytes: 1_048_576,
  maxWaiting: 10_000,
};

/** Safe to use from any number of processes: every decision about order is made by the functions in the database. */
export class PostgresEventStore implements EventStore {
  readonly #database: Database;
  readonly #loads: SharedTrips<LoadRequest, Loaded>;
  readonly #appends: SharedTrips<OneStreamAppend, AppendOutcome>;

  constructor(database: Database, options: Partial<PostgresEventStoreOptions> = {}) {
    const chosen = { ...standard, ...options };
    const { maxInFlight, patienceMs, maxBatch, maxWaiting } = chosen;
    const trips = { maxInFlight, fullTrip: maxBatch, patienceMs, maxWaiting };
    this.#database = database;
    this.#loads = new SharedTrips({
      run: async (requests) => this.#loadAll(requests),
      choose: (waiting) => chooseLoads(waiting, maxBatch),
      ...trips,
    });
    this.#appends = new SharedTrips({
      run: async (appends) => this.#appendAll(appends),
      choose: (waiting) => chooseAppends(waiting, chosen),
      ...trips,
    });
  }

  async load(request: LoadRequest): Promise<Loaded> {
    checkLoad(request);
    return this.#loads.add(request);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    checkAppend(request);
    const oneStream = asOneStreamAppend(request);
    if (oneStream !== undefined) return this.#appends.add(oneStream);
    const row = await this.#runAppend(request.organisation, appendManyStatement(request));
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

  /** Of one organisation. */
  async #loadAll(requests: readonly LoadRequest[]): Promise<readonly Loaded[]> {
    const [first] = requests;
    if (first === undefined) return [];
    const session = this.#database.forOrganisation(first.organisation);
    const statement = loadStatement(first.organisation, requests);
    return readLoaded(requests, await unavailableWhenTransient(async () => session.query(statement)));
  }

  /** Of one organisation. */
  async #appendAll(appends: readonly OneStreamAppend[]): Promise<readonly AppendOutcome[]> {
    const [first, ...others] = appends;
    if (first === undefined) return [];
    const alone = others.length === 0 ? appendOneStatement(first) : undefined;
    if (alone !== undefined) {
      const row = await this.#runAppend(first.organisation, alone);
      return [readOutcome([first.write], readOptionalText(row, 'outcome'))];
    }
    const row = await this.#runAppend(first.organisation, appendBatchStatement(first.organisation, appends));
    const outcomes = readOptionalTexts(row, 'outcomes');
    return appends.map(({ write }, index) => readOutcome([write], outcomes?.[index]));
  }

  async #runAppend(organisation: OrganisationId, statement: Statement): Promise<Row> {
    passFailpoint('append.sending');
    const row = await this.#run(organisation, statement);
    passFailpoint('append.committed');
    return row;
  }

  async #run(organisation: OrganisationId, statement: Statement): Promise<Row> {
    const session = this.#database.forOrganisation(organisation);
    const [row] = await unavailableWhenTransient(async () => session.query(statement)).catch(sayInOurWords);
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

/** What the schema refuses although the request passed the checks: ids that are taken, rows of another organisation, the erased. */
function sayInOurWords(error: unknown): never {
  const subjectId = hasSqlState(error, journalState.subjectErased) ? detailOf(error) : undefined;
  if (subjectId !== undefined && isUuid(subjectId)) throw new SubjectErased(subjectId as SubjectId, { cause: error });
  if (hasSqlState(error, sqlState.uniqueViolation)) {
    throw new InvalidAppend(`an id is taken (${constraintOf(error) ?? 'unknown constraint'})`, { cause: error });
  }
  if (hasSqlState(error, journalState.brokenContract) || hasSqlState(error, sqlState.insufficientPrivilege)) {
    throw new InvalidAppend('the journal refused the append', { cause: error });
  }
  throw error;
}
