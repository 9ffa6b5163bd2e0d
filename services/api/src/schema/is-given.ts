/** Whether a client gave an optional value: leaving it out and saying null mean the same. */
export const isGiven = <Value>(value: Value | null | undefined): value is Value =>
  value !== undefined && value !== null;
