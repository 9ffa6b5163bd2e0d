import type { Annotation, AttributeValue, ConsensusRegion, MedicalCase, Presence } from '../cases/case-query.ts';

/** Edges in pixels of the image matrix. */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A read under the number it has on this page. Numbers count within one case and say nothing of who read. */
export interface Reader {
  /** From 1. */
  readonly number: number;
  readonly annotation: Annotation;
}

interface MarkBase {
  /** Unique in the case. */
  readonly key: string;
  readonly imageId: string;
  readonly box: Box;
  readonly sentenceIds: readonly string[];
}

export type Mark =
  | (MarkBase & { readonly kind: 'read'; readonly reader: number; readonly labels: readonly string[] })
  | (MarkBase & {
      readonly kind: 'consensus';
      readonly decision: Presence;
      readonly supporters: number;
      readonly supportersOf: number;
      readonly label: string | null;
      readonly attributes: readonly AttributeValue[];
      /** Keys of the readers' marks it was made of. */
      readonly members: readonly string[];
    });

/** By time of submission, so that a number stays while further reads arrive. */
export function readersOf(annotations: readonly Annotation[]): readonly Reader[] {
  return annotations
    .toSorted(
      (one, other) => one.submittedAt.localeCompare(other.submittedAt) || one.readId.localeCompare(other.readId),
    )
    .map((annotation, index) => ({ number: index + 1, annotation }));
}

export function marksOf({ annotations, consensus }: MedicalCase): readonly Mark[] {
  return [...readersOf(annotations).flatMap(marksOfReader), ...(consensus?.regions ?? []).map(markOfConsensus)];
}

export function readMarkKey(readId: string, regionId: string): string {
  return `${readId}/${regionId}`;
}

function marksOfReader({ number, annotation }: Reader): readonly Mark[] {
  return annotation.regions.map((region) => {
    const findings = annotation.findings.filter(({ regionIds }) => regionIds.includes(region.id));
    return {
      kind: 'read',
      key: readMarkKey(annotation.readId, region.id),
      reader: number,
      imageId: region.imageId,
      box: region.pixels,
      labels: [...new Set(findings.flatMap(({ labels }) => labels))],
      sentenceIds: findings.flatMap(({ sentenceId }) => (sentenceId === null ? [] : [sentenceId])),
    };
  });
}

function markOfConsensus(region: ConsensusRegion): Mark {
  return {
    kind: 'consensus',
    key: `consensus/${region.id}`,
    imageId: region.imageId,
    box: region.box,
    sentenceIds: region.sentenceId === null ? [] : [region.sentenceId],
    decision: region.decision,
    supporters: region.supporters,
    supportersOf: region.supportersOf,
    label: region.label,
    attributes: region.attributes,
    members: region.members.map(({ readId, regionId }) => readMarkKey(readId, regionId)),
  };
}

/** What is pointed at or has the focus. */
export type Highlight =
  { readonly kind: 'mark'; readonly key: string } | { readonly kind: 'sentence'; readonly sentenceId: string };

/** A consensus lights up with its members, a sentence with all its regions. */
export function litKeys(marks: readonly Mark[], highlight: Highlight | undefined): ReadonlySet<string> {
  if (highlight === undefined) return new Set();
  if (highlight.kind === 'sentence') {
    return new Set(marks.filter(({ sentenceIds }) => sentenceIds.includes(highlight.sentenceId)).map(({ key }) => key));
  }
  const mark = marks.find(({ key }) => key === highlight.key);
  return new Set([highlight.key, ...(mark?.kind === 'consensus' ? mark.members : [])]);
}

/** A layer is one reader's marks or the consensus; the legend shows and hides it as a whole. */
export function layerOf(mark: Mark): string {
  return mark.kind === 'read' ? readerLayer(mark.reader) : consensusLayer;
}

export const consensusLayer = 'consensus';

export function readerLayer(number: number): string {
  return `reader-${number}`;
}
