import type { ProtectedText } from '../protected-text.ts';

/** The study that a case can be compared with, by its keys in the source. */
export interface PreviousStudy {
  readonly studyKey: ProtectedText;
  /** At most 20. */
  readonly imageKeys: readonly ProtectedText[];
}

/** Under which names a case is known where it came from, so that an export can give it back. */
export interface CaseSource {
  readonly studyKey?: ProtectedText;
  readonly previousStudy?: PreviousStudy;
  /** What of the row that it came in has no other place here, in the words of its format: nothing of it is read by anybody but an export. */
  readonly received?: ProtectedText;
}
