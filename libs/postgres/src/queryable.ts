import type { Row } from './row.ts';

export interface Statement {
  /**
   * With a name (at most 63 bytes, one text for each name) the statement is prepared once a connection, which saves
   * parsing and planning on every later call.
   */
  readonly name?: string;
  /** One SQL statement; values stand in it only as $1, $2, ... */
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface Queryable {
  query(statement: Statement): Promise<readonly Row[]>;
  /** Runs a statement for its effect and gives the number of rows it touched. */
  execute(statement: Statement): Promise<number>;
}

export interface Transaction extends Queryable {
  /**
   * Runs `work` so that its failure undoes only its own statements and leaves the transaction usable; the failure is
   * thrown on. One at a time: savepoints of one transaction nest, they do not run side by side.
   */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Statements and transactions that all run for one organisation, or for none. */
export interface Session extends Queryable {
  /**
   * READ COMMITTED. Commits when `work` resolves and rolls back when it throws. When the connection dies during the
   * commit the outcome is unknown: such a failure is transient (`isTransient`) and only repeatable work may be retried.
   */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}

/** `work` swallowed the failure of a statement, so that there was nothing left to commit. */
export class TransactionRolledBack extends Error {
  override readonly name = 'TransactionRolledBack';

  constructor() {
    super('a statement of this transaction had failed, so its commit became a rollback');
  }
}
