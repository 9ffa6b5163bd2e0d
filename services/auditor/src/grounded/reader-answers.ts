import type { ExportedCasesData } from '@consilium/client';
import type { JsonArray } from '@consilium/formats';

export type ExportedCase = ExportedCasesData['cases']['edges'][number]['node'];
type Annotation = ExportedCase['annotations'][number];

/** Of an annotation, or of a vote in an adjudication. */
type Content = Pick<Annotation, 'findings' | 'regions'> | Vote;
type Vote = NonNullable<ExportedCase['adjudications']>[number]['votes'][number];

/** Edges as decimal text, as fractions of the image. */
type Edges = readonly [x1: string, y1: string, x2: string, y2: string];

/** What somebody said of one sentence. */
export interface SentenceAnswer {
  readonly polarity: 'POSITIVE' | 'NEGATIVE' | 'UNCERTAIN';
  readonly labels: readonly string[];
  readonly locations: readonly string[];
  readonly progression: string | null;
  readonly boxes: readonly Edges[];
}

/** One reader's answers, under the name that a file may have. */
export interface ReaderAnswers {
  /** As the source calls them; else the pseudonym of a person here, or a number within the case where none is published. */
  readonly reader: string;
  readonly isExternal: boolean;
  readonly bySentence: ReadonlyMap<string, SentenceAnswer>;
  readonly annotation: Annotation;
}

/** In order of their read ids, which tells nothing of who or when. */
export const readerAnswers = (node: ExportedCase): readonly ReaderAnswers[] =>
  node.annotations.map((annotation, index) => ({
    reader: annotation.externalReader ?? annotation.annotatorId ?? `reader-${String(index + 1)}`,
    isExternal: annotation.externalReader !== null,
    bySentence: answersOf(node, annotation),
    annotation,
  }));

/** Several findings may answer one sentence: it is positive if any of them is, else uncertain if any is, else negative. */
export function answersOf(node: ExportedCase, content: Content): ReadonlyMap<string, SentenceAnswer> {
  const answers = new Map<string, SentenceAnswer>();
  for (const { sentenceId, polarity, labels, locations, progression, regionIds } of content.findings) {
    if (sentenceId === null) continue;
    const before = answers.get(sentenceId);
    const boxes = regionIds.flatMap((id) => edgesOf(node, content, id) ?? []);
    answers.set(sentenceId, {
      polarity: before === undefined ? polarity : stronger(before.polarity, polarity),
      labels: [...new Set([...(before?.labels ?? []), ...labels])],
      locations: [...new Set([...(before?.locations ?? []), ...locations])],
      progression: before?.progression ?? progression,
      boxes: [...(before?.boxes ?? []), ...boxes],
    });
  }
  return answers;
}

const order = ['NEGATIVE', 'UNCERTAIN', 'POSITIVE'] as const;
const stronger = (one: SentenceAnswer['polarity'], other: SentenceAnswer['polarity']): SentenceAnswer['polarity'] =>
  order.indexOf(one) > order.indexOf(other) ? one : other;

/** As it was received where that was in fractions; pixels become fractions. */
function edgesOf({ images }: ExportedCase, { regions }: Content, id: string): [Edges] | undefined {
  const region = regions.find((each) => each.id === id);
  if (region === undefined) return undefined;
  const { system, x1, y1, x2, y2 } = region;
  if (system === 'NORMALISED') return [[x1, y1, x2, y2]];
  const image = images.find((each) => each.id === region.imageId);
  return image === undefined
    ? undefined
    : [fractionsOf({ x1: Number(x1), y1: Number(y1), x2: Number(x2), y2: Number(y2) }, image)];
}

/** Shortest decimals that mean the same doubles. */
export const fractionsOf = (
  { x1, y1, x2, y2 }: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Edges => [String(x1 / columns), String(y1 / rows), String(x2 / columns), String(y2 / rows)];

export const boxesOf = (boxes: readonly Edges[]): JsonArray => ({
  kind: 'array',
  items: boxes.map((edges) => ({ kind: 'array', items: edges.map((text) => ({ kind: 'number', text })) })),
});
