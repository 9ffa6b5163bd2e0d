/** Closes a switch over a union: the compiler complains when a member is missing, the process when data lied. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
