/** Exit codes of `consilium`, one for each kind of end that a script may want to tell apart. */
export const exitCodes = {
  done: 0,
  /** The server could not be reached, or the output not be written; what was written is not whole. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The token is missing, refused or may not do this. */
  notAllowed: 3,
  /** What was asked for is not there. */
  notFound: 4,
  /** What was checked does not hold. */
  doesNotHold: 5,
} as const;

/** The command cannot do what was asked; the message is one sentence for people. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number;

  constructor(kind: Exclude<keyof typeof exitCodes, 'done' | 'doesNotHold'>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCodes[kind];
  }
}
