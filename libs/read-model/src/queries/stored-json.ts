import type {
  Annotation,
  CaseImage,
  CaseSentence,
  ProtectedText,
  Protocol,
  RecordedConsensus,
} from '@consilium/domain';
import type { Row } from '@consilium/postgres';
import { UnexpectedRow } from '@consilium/postgres';

/*
 * Parts of events as the projections stored them. Each was held against the schema of its event before it came here, so
 * they are taken by their name and not checked again.
 */
export interface StoredParts {
  readonly external_key: ProtectedText;
  readonly images: readonly CaseImage[];
  readonly sentences: readonly CaseSentence[];
  readonly annotation: Annotation;
  readonly protocol: Protocol;
  readonly consensus: RecordedConsensus;
  readonly detail: Readonly<Record<string, unknown>>;
}

export function readStored<Part extends keyof StoredParts>(row: Row, part: Part): StoredParts[Part] {
  const value = row[part];
  if (typeof value !== 'object' || value === null) throw new UnexpectedRow(part, 'JSON', value);
  return value as StoredParts[Part];
}

export const readOptionalStored = <Part extends keyof StoredParts>(
  row: Row,
  part: Part,
): StoredParts[Part] | undefined => (row[part] === null ? undefined : readStored(row, part));
