/** Why there is no answer: codes of the server (extensions.code), and the last four of this side. */
export const failureCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'VIEW_BEHIND',
  'STREAM_PARKED',
  'UNAVAILABLE',
  'AUDIT_UNAVAILABLE',
  'RATE_LIMITED',
  'UNREACHABLE',
  'UNREADABLE',
  'OTHER',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  readonly code: FailureCode;
  /** What the server or the browser said, for those who look into it. */
  readonly message: string;
}

/** An unknown code of a newer server is kept in the message. */
export function toFailure(code: string | undefined, message: string): Failure {
  const known = failureCodes.find((candidate) => candidate === code);
  if (known !== undefined) return { code: known, message };
  return { code: 'OTHER', message: code === undefined ? message : `${message} (${code})` };
}

export interface FailureWords {
  readonly title: string;
  readonly advice: string;
}

const words: Readonly<Record<FailureCode, FailureWords>> = {
  UNAUTHENTICATED: {
    title: 'Your token is not accepted',
    advice: 'It may have run out. Sign in again with a new one.',
  },
  FORBIDDEN: {
    title: 'Your role does not include this',
    advice: 'Nothing is wrong with the link. Someone with another role can open it.',
  },
  NOT_FOUND: {
    title: 'Nothing is here for you',
    advice: 'It does not exist, or it belongs to another organisation.',
  },
  BAD_USER_INPUT: {
    title: 'The server could not use this request',
    advice: 'The address may be incomplete. Go back to the list and open the case from there.',
  },
  VIEW_BEHIND: {
    title: 'The views are still catching up',
    advice: 'Nothing is lost: what was sent is stored and will show shortly. Try again in a moment.',
  },
  STREAM_PARKED: {
    title: 'This cannot be shown at present',
    advice: 'An event of it could not be processed and waits for an operator. What was submitted is stored and safe.',
  },
  UNAVAILABLE: {
    title: 'A part of the system is away',
    advice: 'It usually is back within seconds. Nothing that was sent is lost. Try again in a moment.',
  },
  AUDIT_UNAVAILABLE: {
    title: 'Cases cannot be shown at present',
    advice: 'Every look at a case is recorded first, and that record cannot be written. Try again in a moment.',
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    advice: 'Wait a few seconds, then try again.',
  },
  UNREACHABLE: {
    title: 'The server does not answer',
    advice: 'Check that it is running and that you are online, then try again.',
  },
  UNREADABLE: {
    title: 'The answer could not be read',
    advice: 'The page may be older than the server. Reload it.',
  },
  OTHER: {
    title: 'Something went wrong',
    advice: 'Try again. If it stays so, the line below helps whoever looks into it.',
  },
};

export function inWords(code: FailureCode): FailureWords {
  return words[code];
}
