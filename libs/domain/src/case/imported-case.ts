import type { CaseId, ImageId, ProjectId, SentenceId, SubjectId } from '../identifiers.ts';
import type { BilingualText, ProtectedText } from '../protected-text.ts';
import type { CaseSource } from './case-source.ts';
import type { ClinicalMetadata, ViewPosition } from './clinical-metadata.ts';

export interface CaseImage {
  readonly imageId: ImageId;
  /** Rows and columns of the stored image matrix: 1 to 65,535 (DICOM US). */
  readonly rows: number;
  readonly columns: number;
  /**
   * The source did not say the size: rows and columns only make pixels of fractions, and no region is given in pixels. Overlaps of
   * regions are what they would be in any other size.
   */
  readonly isSizeNominal?: true;
  readonly viewPosition?: ViewPosition;
  /** Of the image where it came from. */
  readonly key?: ProtectedText;
  readonly sopInstanceUid?: ProtectedText;
  /** What to show of a volume, as the client describes it (series and slice). */
  readonly description?: ProtectedText;
}

export const sentenceOrigins = ['report', 'machine', 'person'] as const;

export interface SentenceMachine {
  readonly model: ProtectedText;
  readonly version?: ProtectedText;
}

/** A sentence of the report, with a stable id and a version; a read pins the versions it saw. */
export interface CaseSentence {
  readonly sentenceId: SentenceId;
  readonly version: number;
  readonly origin: (typeof sentenceOrigins)[number];
  /** Which program wrote it; of origin 'machine' only. */
  readonly machine?: SentenceMachine;
  readonly text: BilingualText;
}

/** What is known of a case when it comes in. */
export interface ImportedCase {
  readonly caseId: CaseId;
  readonly projectId: ProjectId;
  readonly protocolVersion: number;
  readonly subjectId: SubjectId;
  readonly externalKey: ProtectedText;
  /** Keyed hash of the whole content (hex): tells an equal repeat from a changed row without showing either. */
  readonly contentHash: string;
  /** Row number of the import, the order of the queue within a priority: 0 or more. */
  readonly position: number;
  /** Higher is served first: 0 to 1,000. */
  readonly priority: number;
  /** At least one. */
  readonly images: readonly CaseImage[];
  readonly sentences: readonly CaseSentence[];
  readonly source?: CaseSource;
  readonly clinical?: ClinicalMetadata;
}
