import type { Acknowledged } from '../harness/continuous-load.ts';
import type { Findings } from './findings.ts';

/** What one acknowledged command still has to be found by. */
interface Entry {
  readonly kind: string;
  /** Of each type, how many events the command must have left. */
  readonly expected: ReadonlyMap<string, number>;
  readonly found: Map<string, number>;
  /** What the answer named and no event of the command has shown yet. */
  readonly ids: Set<string>;
  answers: number;
}

interface OfCommand {
  readonly commandId: string;
  readonly type: string;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly payloadBytes: Uint8Array;
}

/**
 * The workload's own book: what was promised to clients, whatever the system says of itself. It is compared with the journal
 * event by event, so it holds a line for each command and no event.
 */
export class CommandBook {
  readonly #entries = new Map<string, Entry>();

  add({ kind, commandId, events, ids }: Omit<Acknowledged, 'repeatsItself'>): void {
    this.#entries.set(commandId, {
      kind,
      expected: new Map(Object.entries(events)),
      found: new Map(),
      ids: new Set(ids),
      answers: 0,
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Of commands that are not in the book (their answer was never seen) nothing was promised. */
  takeEvent({ commandId, type, streamId, streamVersion, payloadBytes }: OfCommand, findings: Findings): void {
    const entry = this.#entries.get(commandId);
    if (entry === undefined) return;
    const found = (entry.found.get(type) ?? 0) + 1;
    entry.found.set(type, found);
    const expected = entry.expected.get(type);
    if (expected !== undefined && found > expected) {
      findings.add('duplicated', `${entry.kind} ${commandId} left ${type} again, as ${streamId} ${streamVersion}`);
    }
    if (entry.ids.size === 0) return;
    const text = Buffer.from(payloadBytes).toString('utf8');
    for (const id of entry.ids) if (streamId.endsWith(id) || text.includes(id)) entry.ids.delete(id);
  }

  takeAnswer(commandId: string): void {
    const entry = this.#entries.get(commandId);
    if (entry !== undefined) entry.answers += 1;
  }

  /** After everything was taken: what was promised and did not come. */
  finish(findings: Findings): void {
    for (const [commandId, { kind, expected, found, ids, answers }] of this.#entries) {
      const name = `${kind} ${commandId}`;
      for (const [type, count] of expected) {
        const missing = count - (found.get(type) ?? 0);
        if (missing > 0) findings.add('lost', `${name}: ${missing} of ${count} events ${type}`);
      }
      if (ids.size > 0) findings.add('lost', `${name}: no event holds ${[...ids].slice(0, 3).join(', ')}`);
      if (answers === 0) findings.add('lost', `${name}: its answer`);
      if (answers > 1) findings.add('duplicated', `${name}: its answer is stored ${answers} times`);
    }
  }
}
