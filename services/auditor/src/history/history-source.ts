import type { StoredCheckpoint } from '@consilium/event-store';
import type { Problem } from '../verify/problem.ts';
import type { Found } from './found-event.ts';
import type { HistoryLookUp } from './history-look-up.ts';
import type { ShownAccess } from './record-access.ts';

/** A place that has the whole history: the journal in Postgres, Kafka, or a file that was written from either. */
export interface HistorySource {
  readonly kind: 'postgres' | 'kafka' | 'file';
  /** Names this incarnation of the log; undefined where the place does not say. */
  readonly logId: string | undefined;
  /** Number of the last event, as far as the place says it beforehand; for progress bars only. */
  readonly expectedSize: number | undefined;
  /**
   * Everything in the order of the log, some hundred events at a time, so that memory stays the same. What cannot be read as
   * an event is told to `report` and left out.
   */
  events(range: HistoryRange, report: ReportProblem): AsyncGenerator<readonly Found[]>;
  /** The signed heads that this place holds, the smallest first. */
  heads(report: ReportProblem): AsyncGenerator<StoredCheckpoint>;
  lookUp(): HistoryLookUp;
  /**
   * Before anything about patients is shown. Kafka and files have no place for it: whoever has them has all that is in them.
   * @throws CommandFailed where it cannot be recorded: nothing is shown then
   */
  recordAccess(access: ShownAccess): Promise<void>;
  close(): Promise<void>;
}

export interface HistoryRange {
  /** Only events after this number. @default 0 */
  readonly after?: number;
  /** Up to this number; undefined for all. */
  readonly to?: number | undefined;
  /** Only this stream. */
  readonly streamId?: string | undefined;
}

export type ReportProblem = (problem: Problem) => void;
