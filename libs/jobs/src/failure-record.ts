import { UnrecoverableError } from 'bullmq';
import { PermanentJobFailure } from './job-errors.ts';

const permanentMark = 'permanent ';
const codePattern = /^[A-Za-z0-9_]{1,60}$/;

/**
 * What Redis may know of a failure: class and code, never a message or a stack, which could quote the data at hand.
 * BullMQ keeps an error's message and stack, so it is given one that has nothing else.
 */
export function failureRecord(error: unknown): Error {
  const permanent = error instanceof PermanentJobFailure;
  const text = permanent
    ? `${permanentMark}${codeOf(error) ?? 'UNNAMED'}`
    : [nameOf(error), codeOf(error)].join(' ').trim();
  const record = permanent ? new UnrecoverableError(text) : new Error(text);
  record.stack = text;
  return record;
}

export const isPermanentRecord = (failedReason: string | undefined): boolean =>
  failedReason?.startsWith(permanentMark) === true;

const nameOf = (error: unknown): string =>
  error instanceof Error && codePattern.test(error.name) ? error.name : 'UnnamedError';

/** Codes of ours and of Postgres (SQLSTATE); anything longer or with other signs may be a message. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && codePattern.test(code) ? code : undefined;
}
