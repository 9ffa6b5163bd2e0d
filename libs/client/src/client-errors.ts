/** Something went wrong with a request, other than a refusal, which is an answer. */
export abstract class ClientError extends Error {
  readonly operation: string;

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options);
    this.operation = operation;
  }
}

/**
 * No answer came: the server could not be reached, the connection broke, or the time was up, also after all attempts.
 * The command may have been carried out: send it again with the same commandId.
 */
export class NetworkFailure extends ClientError {
  override readonly name = 'NetworkFailure';
  /** How often it was tried. */
  readonly attempts: number;

  constructor(operation: string, attempts: number, cause: unknown) {
    super(operation, `no answer after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} (${reasonOf(cause)})`, {
      cause,
    });
    this.attempts = attempts;
  }
}

/** An answer that is no GraphQL answer, such as 413 or 502 of a proxy. */
export class HttpFailure extends ClientError {
  override readonly name = 'HttpFailure';
  readonly status: number;

  constructor(operation: string, status: number, text: string) {
    super(operation, `HTTP ${status} ${text.slice(0, 200)}`);
    this.status = status;
  }
}

export interface GraphqlProblem {
  readonly message: string;
  /** UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, BAD_USER_INPUT, VIEW_BEHIND, STREAM_PARKED, ... */
  readonly code: string;
  readonly path: readonly (string | number)[];
}

/** The server answered with errors. What it answered besides is left out: it is not what was asked for. */
export class GraphqlFailure extends ClientError {
  override readonly name = 'GraphqlFailure';
  /** At least one. */
  readonly problems: readonly GraphqlProblem[];

  constructor(operation: string, problems: readonly GraphqlProblem[]) {
    super(
      operation,
      problems
        .map(({ code, message }) => `${code}: ${message}`)
        .join('; ')
        .slice(0, 2_000),
    );
    this.problems = problems;
  }

  has(code: string): boolean {
    return this.problems.some((problem) => problem.code === code);
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // fetch says "fetch failed" and hides why in its cause.
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}
