/** Ends a switch over a union: does not compile while a member has no case. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled: ${JSON.stringify(value)}`);
}
