import pg from 'pg';
import type { PoolClient } from 'pg';
import { queryableOn, runStatement, runTransaction } from './client-transaction.ts';
import { poolConfigOf } from './database-options.ts';
import type { DatabaseOptions } from './database-options.ts';
import { isTransient } from './is-transient.ts';
import type { Session, Statement, Transaction } from './queryable.ts';
import type { Row } from './row.ts';
import { messageOf } from './sql-state.ts';

/** The session setting that the row policies of `consilium_api` compare with; empty means no organisation. */
const organisationSetting = 'consilium.organisation';
const noOrganisation = '';

/** pg leaves a client whose query timed out busy with that query: it must not go back to the pool. */
const isAbandoned = (error: unknown): boolean => messageOf(error) === 'Query read timeout';

export interface PoolUse {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/**
 * The pool of one process. Queries made on it directly run for no organisation: a role under row-level security then
 * sees no organisation's rows. The organisation is a setting of the session, kept between statements, so a pooler that
 * changes sessions under us (transaction mode) must not stand in front.
 *
 * After a restart of the server queries fail as transient until it is back, and then succeed without further ado.
 */
export class Database implements Session {
  readonly #pool: pg.Pool;
  readonly #organisations = new WeakMap<PoolClient, string>();

  constructor(options: DatabaseOptions) {
    this.#pool = new pg.Pool(poolConfigOf(options));
    // Without a listener the death of an idle connection would end the process.
    this.#pool.on('error', (error) => options.onIdleError?.(error));
    // The same while it is lent: its query fails too, and that is how we learn of it.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Everything run on the answer sees and writes rows of this organisation (a UUID) only. */
  forOrganisation(organisation: string): Session {
    return {
      query: async (statement) => (await this.#run(organisation, statement)).rows,
      execute: async (statement) => (await this.#run(organisation, statement)).rowCount ?? 0,
      transaction: async (work) => this.#transaction(organisation, work),
    };
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return (await this.#run(noOrganisation, statement)).rows;
  }

  async execute(statement: Statement): Promise<number> {
    return (await this.#run(noOrganisation, statement)).rowCount ?? 0;
  }

  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#transaction(noOrganisation, work);
  }

  poolUse(): PoolUse {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  /** Waits for what runs, then closes every connection. */
  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #run(organisation: string, statement: Statement): Promise<pg.QueryResult<Row>> {
    return this.#withClient(organisation, async (client) => runStatement(client, statement));
  }

  async #transaction<Result>(
    organisation: string,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    return this.#withClient(organisation, async (client) => runTransaction(client, work));
  }

  async #withClient<Result>(organisation: string, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      if ((this.#organisations.get(client) ?? noOrganisation) !== organisation) await this.#enter(client, organisation);
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // After a lost connection the next query would get the same dead client until its socket has closed.
      client.release(isAbandoned(error) || isTransient(error));
      throw error;
    }
  }

  /** Outside any transaction, so that no rollback takes the setting back behind our record of it. */
  async #enter(client: PoolClient, organisation: string): Promise<void> {
    await queryableOn(client).query({
      name: 'enter-organisation',
      text: 'SELECT set_config($1, $2, false)',
      values: [organisationSetting, organisation],
    });
    this.#organisations.set(client, organisation);
  }
}
