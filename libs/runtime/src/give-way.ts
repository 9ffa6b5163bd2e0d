import { setPriority } from 'node:os';

/** How far a process stands back on a busy machine, as Unix counts it: a tenth of a processor's share is lost with each. */
export const waysToGive = {
  /** What people see a moment later: numbers, Kafka, views. */
  showing: 15,
  /** What nobody waits for. */
  background: 19,
} as const;

/**
 * Lets those who answer people go first where processors are short; on a machine with room it changes nothing. What was put
 * off is done when the rush is over. A system that does not allow it is left as it is.
 */
export function giveWay(niceness: number): void {
  try {
    setPriority(niceness);
  } catch {
    // Everything works without it.
  }
}
