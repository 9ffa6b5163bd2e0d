import type { Attribute, Read, Region as Mark } from '@consilium/consensus';
import type { Annotation, Finding, Protocol, Region } from '@consilium/domain';
import { PermanentJobFailure } from '@consilium/jobs';
import { strongestPolarity } from './strongest-polarity.ts';
import { sentenceKeyOf } from './sentence-key.ts';

/**
 * One annotation as the consensus library takes it. What counts as what:
 *
 * - A sentence in one version is one question, `<sentence id>@<version>`. Reads of the present meaning come with links to the
 *   versions of the instant at which they were complete (see `readCase`); reads of another meaning do not come here.
 *   Several findings may answer one sentence; it is positive if any of them is, else uncertain if any is, else negative.
 * - A region is a mark where a positive or uncertain finding names it. One that only negative findings name shows where
 *   nothing is: it is no mark, and no vote for presence.
 * - A region of findings on several sentences is one mark in each, and one mark without a sentence for all its findings
 *   that answer none. A region that no finding names is a mark without sentence, label and attributes.
 * - A mark has the labels and attributes of its findings. Several labels are compared as one set; of an attribute given
 *   twice the finding with the smaller id counts.
 */
export function toConsensusRead(readerId: string, annotation: Annotation, protocol: Protocol): Read {
  const findings = annotation.findings.toSorted((one, other) => (one.findingId < other.findingId ? -1 : 1));
  return {
    readerId,
    sentences: [...bySentence(findings)].flatMap(([sentenceId, answers]) =>
      sentenceId === null ? [] : [{ sentenceId, polarity: strongestPolarity(answers) }],
    ),
    regions: annotation.regions.flatMap((region) => marksOf(region, findings, protocol)),
  };
}

function marksOf(region: Region, findings: readonly Finding[], protocol: Protocol): readonly Mark[] {
  const naming = findings.filter(({ regionIds }) => regionIds.includes(region.regionId));
  if (naming.length === 0) return [toMark(region, null, [], protocol)];
  const marking = naming.filter(({ polarity }) => polarity !== 'negative');
  return [...bySentence(marking)].map(([sentenceId, answers]) => toMark(region, sentenceId, answers, protocol));
}

function toMark(region: Region, sentenceId: string | null, findings: readonly Finding[], protocol: Protocol): Mark {
  const labels = [...new Set(findings.flatMap((finding) => finding.labels))].sort();
  return {
    regionId: region.regionId,
    sentenceId,
    imageId: region.imageId,
    findingLabel: labels.length === 0 ? null : labels.join(' + '),
    box: region.pixels,
    attributes: attributesOf(findings, protocol),
  };
}

function attributesOf(findings: readonly Finding[], protocol: Protocol): readonly Attribute[] {
  const given = new Map<string, Attribute>();
  for (const { name, value } of findings.flatMap((finding) => finding.attributes)) {
    if (given.has(name)) continue;
    const kind = protocol.attributes.find((definition) => definition.name === name)?.kind;
    if (kind === undefined) throw new PermanentJobFailure('UNKNOWN_ATTRIBUTE');
    given.set(name, kind === 'nominal' ? { name, kind, value: String(value) } : { name, kind, value: Number(value) });
  }
  return [...given.values()];
}

/** Findings by the sentence they answer, in one version; null for those that answer none. */
function bySentence(findings: readonly Finding[]): ReadonlyMap<string | null, readonly Finding[]> {
  return Map.groupBy(findings, ({ sentence }) => (sentence === undefined ? null : sentenceKeyOf(sentence)));
}
