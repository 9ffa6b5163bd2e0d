import { readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { schemaOf } from '../store/write-rows.ts';
import { type ViewName, viewTable } from '../tables/view-tables.ts';
import { lineExpression } from './view-lines.ts';

/** Lines held in memory at a time: a few hundred bytes each. */
const linesPerFetch = 1_000;

/** The lines of all rows of a view, in the order of their streams and within one of the key. */
export class LineReader {
  readonly #transaction: Queryable;
  readonly #cursor: string;
  #lines: readonly string[] = [];
  #next = 0;
  #ended = false;

  private constructor(transaction: Queryable, cursor: string) {
    this.#transaction = transaction;
    this.#cursor = cursor;
  }

  /** Once a view and transaction, whose end ends the reading too. */
  static async open(transaction: Queryable, generation: number, view: ViewName): Promise<LineReader> {
    const { key, stream } = viewTable(view);
    const order = [...new Set([stream[1], ...key])].map((column) => `${view}.${column}`);
    const cursor = `lines_of_${view}`;
    await transaction.execute({
      text: `DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${lineExpression(view)} AS line
        FROM ${schemaOf(generation)}.${view} ORDER BY ${order.join(', ')}`,
    });
    return new LineReader(transaction, cursor);
  }

  /** Whether these are the lines that come next; reading goes on after them. */
  async goesOnWith(lines: readonly string[]): Promise<boolean> {
    for (const line of lines) {
      if (this.#next === this.#lines.length) await this.#fetch();
      if (this.#lines[this.#next] !== line) return false;
      this.#next += 1;
    }
    return true;
  }

  async hasEnded(): Promise<boolean> {
    if (this.#next === this.#lines.length) await this.#fetch();
    return this.#next === this.#lines.length;
  }

  async #fetch(): Promise<void> {
    this.#next = 0;
    this.#lines = [];
    if (this.#ended) return;
    const rows = await this.#transaction.query({ text: `FETCH ${String(linesPerFetch)} FROM ${this.#cursor}` });
    this.#lines = rows.map((row) => readText(row, 'line'));
    this.#ended = rows.length < linesPerFetch;
  }
}
