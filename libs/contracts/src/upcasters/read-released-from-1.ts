/** Version 1 had no reason. */
export const readReleasedFrom1 = (payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  payload;
