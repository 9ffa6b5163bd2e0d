import { hasSqlState, readInteger } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { limits } from '../limits.ts';
import type { Sequencer } from '../sequencer.ts';
import { EpochFenced } from '../store-errors.ts';
import { journalState } from './journal-state.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

/** Runs as consilium_relay. A crash in the middle leaves no trace: places and removal from pending are one transaction. */
export class PostgresSequencer implements Sequencer {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async sequence(epoch: number, limit: number): Promise<number> {
    if (!Number.isInteger(limit) || limit < 1 || limit > limits.eventsPerSequencing) {
      throw new RangeError(`limit must be from 1 to ${limits.eventsPerSequencing}`);
    }
    try {
      const [row] = await unavailableWhenTransient(async () =>
        this.#database.query({
          name: 'journal-sequence',
          text: 'SELECT journal.sequence($1, $2) AS sequenced',
          values: [epoch, limit],
        }),
      );
      if (row === undefined) throw new Error('sequence gave no row');
      return readInteger(row, 'sequenced');
    } catch (error) {
      if (hasSqlState(error, journalState.epochFenced)) throw new EpochFenced(epoch, { cause: error });
      throw error;
    }
  }
}
