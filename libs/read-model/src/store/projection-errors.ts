import { UnreadableEvent, UnreadableRecord } from '@consilium/contracts';
import { errorCodeOf } from '@consilium/postgres';

/** An event changes a row that no earlier event made: the projection or the log is at fault. */
export class RowMissing extends Error {
  override readonly name = 'RowMissing';
  readonly table: string;

  constructor(table: string) {
    super(`a row of ${table} is to be changed, but is not there`);
    this.table = table;
  }
}

/** So many streams had to be parked that the fault is not in single events. A person has to look; nothing more is applied. */
export class TooManyParkedStreams extends Error {
  override readonly name = 'TooManyParkedStreams';
  readonly limit: number;

  constructor(limit: number) {
    super(`more than ${String(limit)} streams cannot be shown; the views stand still until this is repaired`);
    this.limit = limit;
  }
}

/**
 * The records are of another incarnation of the log than the one this generation was built from (the journal was restored
 * or replaced). Mixing the two would be wrong for ever: rebuild the views.
 */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`the views were built from log ${expected}, but this is log ${found}; rebuild them`);
    this.expected = expected;
    this.found = found;
  }
}

/** Another generation took this one's place, or it was dropped. Go on with the active one. */
export class GenerationRetired extends Error {
  override readonly name = 'GenerationRetired';
  readonly generation: number;

  constructor(generation: number) {
    super(`generation ${String(generation)} is not written any more`);
    this.generation = generation;
  }
}

/** Whether a failure says something about the event, so that it will fail again however often it is tried. */
export function isDeterministic(error: unknown): boolean {
  if (error instanceof UnreadableEvent || error instanceof UnreadableRecord || error instanceof RowMissing) return true;
  // Class 22: data exception; class 23: integrity constraint violation.
  return /^2[23][0-9A-Z]{3}$/.test(errorCodeOf(error) ?? '');
}

/** What may be kept of a failure: its class and SQLSTATE. A message might quote an event. */
export const describeFailure = (
  error: unknown,
): { readonly errorClass: string; readonly errorCode: string | null } => ({
  errorClass: error instanceof Error ? error.name : typeof error,
  errorCode: errorCodeOf(error) ?? null,
});
