/** What one call may carry. */
export const limits = {
  streamsPerLoad: 200,
  streamsPerAppend: 200,
  eventsPerStream: 100,
  /** Of meta and payload together. */
  eventBytes: 262_144,
  answerBytes: 65_536,
  actorIdLength: 200,
  leaseMs: 86_400_000,
  eventsPerSequencing: 10_000,
  eventsPerRead: 10_000,
  checkpointsPerRead: 1_000,
} as const;
