import { readInteger } from '@consilium/postgres';
import type { Queryable, Statement } from '@consilium/postgres';
import type { HeldRelayLease, RelayLease } from '../relay/relay-lease.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

/** Runs as consilium_relay. */
export class PostgresRelayLease implements RelayLease {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  /** The new epoch enters the head of the log in the same transaction: a sequencing of the old holder ends before it or fails. */
  async acquire(holder: string, leaseMs: number): Promise<HeldRelayLease | undefined> {
    const [row] = await unavailableWhenTransient(async () =>
      this.#database.query({
        name: 'journal-relay-acquire',
        text: `
          WITH taken AS (
            UPDATE journal.relay
            SET epoch = relay.epoch + 1, holder = $1,
              lease_ends_at = clock_timestamp() + $2 * interval '1 millisecond'
            WHERE relay.lease_ends_at <= clock_timestamp()
            RETURNING relay.epoch, relay.published_global_seq
          ), fenced AS (
            UPDATE journal.head SET epoch = taken.epoch FROM taken
          )
          SELECT taken.epoch, taken.published_global_seq FROM taken`,
        values: [holder, leaseMs],
      }),
    );
    if (row === undefined) return undefined;
    return { epoch: readInteger(row, 'epoch'), publishedGlobalSeq: readInteger(row, 'published_global_seq') };
  }

  async renew(epoch: number, leaseMs: number): Promise<boolean> {
    return this.#touched({
      name: 'journal-relay-renew',
      text: `
        UPDATE journal.relay SET lease_ends_at = clock_timestamp() + $2 * interval '1 millisecond' WHERE relay.epoch = $1`,
      values: [epoch, leaseMs],
    });
  }

  async release(epoch: number): Promise<void> {
    await this.#touched({
      text: 'UPDATE journal.relay SET lease_ends_at = clock_timestamp() WHERE relay.epoch = $1',
      values: [epoch],
    });
  }

  async advance(epoch: number, publishedGlobalSeq: number): Promise<boolean> {
    return this.#touched({
      name: 'journal-relay-advance',
      text: `
        UPDATE journal.relay
        SET published_global_seq = greatest(relay.published_global_seq, $2)
        WHERE relay.epoch = $1`,
      values: [epoch, publishedGlobalSeq],
    });
  }

  async #touched(statement: Statement): Promise<boolean> {
    return (await unavailableWhenTransient(async () => this.#database.execute(statement))) === 1;
  }
}
