/** What one request may cost before GraphQL sees it. */
export const httpLimits = {
  bodyBytes: 1_048_576,
  /** For the whole of a request to arrive. */
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
} as const;
