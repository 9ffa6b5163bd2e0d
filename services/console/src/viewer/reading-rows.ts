import type { AttributeValue, BilingualText, Polarity } from '../cases/case-query.ts';
import { readMarkKey } from './marks.ts';
import type { Box, Reader } from './marks.ts';

/** One line of the readings table: a finding at one region, a finding without a region, or the answer "nothing there". */
export interface ReadingRow {
  readonly key: string;
  readonly reader: number;
  readonly markKey: string | undefined;
  readonly box: Box | undefined;
  /** undefined where there is no finding: nothing there, or a region that no finding names. */
  readonly polarity: Polarity | undefined;
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression: string | null;
  readonly statement: BilingualText | null;
  readonly attributes: readonly AttributeValue[];
  readonly isNothingThere: boolean;
}

export function readingRows(readers: readonly Reader[]): readonly ReadingRow[] {
  return readers.flatMap(rowsOfReader);
}

function rowsOfReader({ number, annotation }: Reader): readonly ReadingRow[] {
  const { readId, findings, regions, answer } = annotation;
  const bare = {
    reader: number,
    markKey: undefined,
    box: undefined,
    polarity: undefined,
    labels: [],
    locations: [],
    progression: null,
    statement: null,
    attributes: [],
    isNothingThere: false,
  };
  if (answer === 'NOTHING_THERE') return [{ ...bare, key: readId, isNothingThere: true }];
  const atRegion = (regionId: string): Pick<ReadingRow, 'markKey' | 'box'> => ({
    markKey: readMarkKey(readId, regionId),
    box: regions.find(({ id }) => id === regionId)?.pixels,
  });
  const ofFindings = findings.flatMap((finding): readonly ReadingRow[] => {
    const { polarity, labels, locations, progression, statement, attributes } = finding;
    const row = { ...bare, key: finding.id, polarity, labels, locations, progression, statement, attributes };
    if (finding.regionIds.length === 0) return [row];
    return finding.regionIds.map((id) => ({ ...row, key: `${finding.id}/${id}`, ...atRegion(id) }));
  });
  const named = new Set(findings.flatMap(({ regionIds }) => regionIds));
  const unnamed = regions.filter(({ id }) => !named.has(id)).map(({ id }) => ({ ...bare, key: id, ...atRegion(id) }));
  return [...ofFindings, ...unnamed];
}

/** In the order they first occur, those of the protocol first. */
export function attributeNames(
  protocol: readonly string[],
  values: readonly (readonly AttributeValue[])[],
): readonly string[] {
  const used = new Set(values.flat().map(({ name }) => name));
  return [...protocol.filter((name) => used.has(name)), ...[...used].filter((name) => !protocol.includes(name))];
}
