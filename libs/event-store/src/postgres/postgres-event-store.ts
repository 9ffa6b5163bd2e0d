import type { Instant } from '@consilium/domain';
import { constraintOf, hasSqlState, readOptionalInteger, readOptionalText, sqlState } from '@consilium/postgres';
import type { Database } from '@consilium/postgres';
import { checkAppend, checkLoad, checkRenewLease } from '../check-append.ts';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  Loaded,
  LoadRequest,
  RenewLeaseRequest,
} from '../event-store.ts';
import { InvalidAppend } from '../store-errors.ts';
import { appendStatement } from './append-statement.ts';
import { journalState } from './journal-state.ts';
import { loadStatement, readLoaded } from './load-statement.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

/** Safe to use from any number of processes: every decision about order is made by the functions in the database. */
export class PostgresEventStore implements EventStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(request: LoadRequest): Promise<Loaded> {
    checkLoad(request);
    const session = this.#database.forOrganisation(request.organisation);
    const rows = await unavailableWhenTransient(async () => session.query(loadStatement(request)));
    return readLoaded(request.streams, rows);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    checkAppend(request);
    const session = this.#database.forOrganisation(request.organisation);
    const statement = appendStatement(request);
    const [row] = await unavailableWhenTransient(async () => session.query(statement)).catch(refuseBrokenContract);
    if (row === undefined) throw new Error('append gave no row');
    const outcome = readOptionalText(row, 'outcome');
    return outcome === undefined ? appended(request) : readOutcome(outcome);
  }

  async renewLease(request: RenewLeaseRequest): Promise<Instant | undefined> {
    checkRenewLease(request);
    const { organisation, caseId, annotatorId, claimId, leaseMs } = request;
    const session = this.#database.forOrganisation(organisation);
    const [row] = await unavailableWhenTransient(async () =>
      session.query({
        name: 'journal-renew-lease',
        text: 'SELECT journal.renew_lease($1, $2, $3, $4, $5) AS lease_ends_at_ms',
        values: [organisation, caseId, annotatorId, claimId, leaseMs],
      }),
    );
    if (row === undefined) throw new Error('renew_lease gave no row');
    const leaseEndsAtMs = readOptionalInteger(row, 'lease_ends_at_ms');
    return leaseEndsAtMs === undefined ? undefined : (leaseEndsAtMs as Instant);
  }
}

const appended = ({ writes }: AppendRequest): AppendOutcome => ({
  kind: 'appended',
  streams: writes.map(({ streamId, expectedVersion, events }) => ({
    streamId,
    version: expectedVersion + events.length,
  })),
});

/** Written by the append functions alone, so its shape is known. */
const readOutcome = (json: string): AppendOutcome => JSON.parse(json) as AppendOutcome;

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
