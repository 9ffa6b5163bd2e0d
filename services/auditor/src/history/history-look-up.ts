/** Finding one's way in a history. From the journal by its indexes, from elsewhere by reading everything once. */
export interface HistoryLookUp {
  /** Undefined where the history has no such event. */
  seqOf(eventId: string): Promise<number | undefined>;
  /** At most `limit` streams of which some payload has this text in it, in order. */
  streamsMentioning(text: string, limit: number): Promise<readonly string[]>;
  /** The last number before anything that was recorded after this instant: see docs/AUDIT.md. */
  lastBefore(instantMs: number): Promise<number>;
}
