/**
 * How long somebody worked on a read, by marks that the server sets: the claim, whose answer opens the case, each autosave and the
 * submission. Nothing that a client measures is in it.
 */
export interface TimeOnTask {
  /** Milliseconds between marks, none counted longer than the gap: who went away is taken to have worked so long after a mark. */
  readonly activeMs: number;
  /** Milliseconds from the first claim to the submission, whatever was done meanwhile. */
  readonly wallMs: number;
  /** Milliseconds: the longest that counts between two marks. */
  readonly idleGapMs: number;
}

/** Five minutes: a front end saves far more often while somebody draws or writes. */
export const idleGapMs = 300_000;
