import { hasSqlState, readBytes, readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row, Statement } from '@consilium/postgres';
import { limits } from '../limits.ts';
import type { Sealing, SealStore, StoredCheckpoint, TilePlace } from '../seal-store.ts';
import { EpochFenced, SealRefused } from '../store-errors.ts';
import { journalState } from './journal-state.ts';
import { unavailableWhenTransient } from './unavailable-when-transient.ts';

const hashBytes = 32;

/** Runs as consilium_relay; as consilium_api it reads. */
export class PostgresSealStore implements SealStore {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async lastCheckpoint(): Promise<StoredCheckpoint | undefined> {
    const [row] = await this.#query({
      name: 'journal-last-checkpoint',
      text: 'SELECT checkpoint.size, checkpoint.note FROM journal.checkpoint ORDER BY checkpoint.size DESC LIMIT 1',
    });
    return row === undefined ? undefined : readCheckpoint(row);
  }

  async checkpointsAfter(size: number, limit: number): Promise<readonly StoredCheckpoint[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > limits.checkpointsPerRead) {
      throw new RangeError(`limit must be from 1 to ${limits.checkpointsPerRead}`);
    }
    const rows = await this.#query({
      name: 'journal-checkpoints-after',
      text: `
        SELECT checkpoint.size, checkpoint.note FROM journal.checkpoint
        WHERE checkpoint.size > $1 ORDER BY checkpoint.size LIMIT $2`,
      values: [size, limit],
    });
    return rows.map(readCheckpoint);
  }

  async readTile({ level, index }: TilePlace): Promise<readonly Uint8Array[]> {
    const [row] = await this.#query({
      name: 'journal-merkle-tile',
      text: 'SELECT tile.hashes FROM journal.merkle_tile AS tile WHERE tile.level = $1 AND tile.index = $2',
      values: [level, index],
    });
    if (row === undefined) return [];
    const bytes = readBytes(row, 'hashes');
    return Array.from({ length: bytes.length / hashBytes }, (_, place) =>
      bytes.subarray(place * hashBytes, (place + 1) * hashBytes),
    );
  }

  async seal(epoch: number, { sizeBefore, checkpoint, tiles }: Sealing): Promise<void> {
    try {
      await this.#query({
        name: 'journal-seal',
        text: 'SELECT journal.seal($1, $2, $3, $4, $5, $6, $7)',
        values: [
          epoch,
          sizeBefore,
          checkpoint.size,
          checkpoint.note,
          tiles.map(({ level }) => level),
          tiles.map(({ index }) => index),
          tiles.map(({ hashes }) => Buffer.concat(hashes)),
        ],
      });
    } catch (error) {
      if (hasSqlState(error, journalState.epochFenced)) throw new EpochFenced(epoch, { cause: error });
      if (hasSqlState(error, journalState.appendOnly) || hasSqlState(error, journalState.brokenContract)) {
        throw new SealRefused(`the journal refused a head of ${String(checkpoint.size)}`, { cause: error });
      }
      throw error;
    }
  }

  async #query(statement: Statement): Promise<readonly Row[]> {
    return unavailableWhenTransient(async () => this.#database.query(statement));
  }
}

const readCheckpoint = (row: Row): StoredCheckpoint => ({
  size: readInteger(row, 'size'),
  note: readText(row, 'note'),
});
