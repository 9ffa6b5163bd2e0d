import type { Problem } from '../problem.ts';
import type { BilingualText, ProtectedText } from '../protected-text.ts';
import type { AttributeDefinition, Protocol } from '../project/protocol.ts';
import type { Annotation, AnnotationDraft, AttributeValue, Finding, PixelBox, Region } from './annotation.ts';
import { parseDecimal } from './decimal-text.ts';
import type { CaseImage } from './imported-case.ts';
import { presentSentence, type SentencesOfCase } from './sentence.ts';

/**
 * Per annotation. Marks are what matching pools: pairs of finding and region, and regions that no finding names. So 25 reads
 * of 80 marks stay within the 2,000 regions that a consensus takes.
 */
export const annotationLimits = {
  findings: 200,
  regions: 80,
  marks: 80,
  terms: 100,
  /** UTF-16 code units of one text in one language. */
  textLength: 4_000,
  qualityFlags: 20,
} as const;

export type CheckedAnnotation =
  | { readonly ok: true; readonly annotation: Annotation }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface AnnotationContext extends SentencesOfCase {
  readonly protocol: Protocol;
  readonly images: readonly CaseImage[];
}

/** Problems named at most, so that a hostile input does not make a large answer. */
const problemsShown = 50;

/** Holds an annotation against its case and protocol, and turns coordinates into pixels of the stored matrix. */
export function checkAnnotation(draft: AnnotationDraft, context: AnnotationContext): CheckedAnnotation {
  const tooMany = countProblems(draft);
  if (tooMany.length > 0) return { ok: false, problems: tooMany };
  const regions = draft.regions.map((region, index) => toPixels(region, `regions[${String(index)}]`, context.images));
  const problems = [
    ...answerProblems(draft),
    ...regions.flatMap((region) => ('problem' in region ? [region.problem] : [])),
    ...repeated('regions', draft.regions, ({ regionId }) => regionId),
    ...repeated('findings', draft.findings, ({ findingId }) => findingId),
    ...draft.findings.flatMap((finding, index) =>
      findingProblems(finding, `findings[${String(index)}]`, draft, context),
    ),
    ...unknownTerms('imageQualityFlags', draft.imageQualityFlags, context.protocol.imageQualityFlags),
    ...unknownTerms('reportQualityFlags', draft.reportQualityFlags, context.protocol.reportQualityFlags),
  ];
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, problemsShown) };
  return {
    ok: true,
    annotation: { ...draft, regions: regions.flatMap((region) => ('problem' in region ? [] : [region])) },
  };
}

function countProblems(draft: AnnotationDraft): readonly Problem[] {
  const linked = draft.findings.flatMap(({ regionIds }) => regionIds);
  const named = new Set(linked);
  const unnamed = draft.regions.filter(({ regionId }) => !named.has(regionId));
  return [
    ...atMost('findings', draft.findings.length, annotationLimits.findings),
    ...atMost('regions', draft.regions.length, annotationLimits.regions),
    ...atMost('findings.regionIds', linked.length + unnamed.length, annotationLimits.marks),
    ...atMost('imageQualityFlags', draft.imageQualityFlags.length, annotationLimits.qualityFlags),
    ...atMost('reportQualityFlags', draft.reportQualityFlags.length, annotationLimits.qualityFlags),
  ];
}

const atMost = (path: string, count: number, limit: number): readonly Problem[] =>
  count <= limit ? [] : [{ path, code: 'TOO_MANY', message: `${String(count)} given, at most ${String(limit)}` }];

function answerProblems(draft: AnnotationDraft): readonly Problem[] {
  const given = draft.findings.length + draft.regions.length;
  if (draft.answer === 'nothingThere' && given > 0) {
    return [{ path: 'answer', code: 'CONTRADICTION', message: 'nothingThere comes without findings and regions' }];
  }
  if (draft.answer === 'findings' && draft.findings.length === 0) {
    return [{ path: 'findings', code: 'MISSING', message: 'give a finding, or answer nothingThere' }];
  }
  return [];
}

function toPixels(
  region: Omit<Region, 'pixels'>,
  path: string,
  images: readonly CaseImage[],
): Region | { readonly problem: Problem } {
  const problem = (code: string, message: string): { readonly problem: Problem } => ({
    problem: { path, code, message },
  });
  const image = images.find(({ imageId }) => imageId === region.imageId);
  if (image === undefined) return problem('UNKNOWN_IMAGE', 'the case has no image of this id');
  if (image.isSizeNominal === true && region.received.system === 'pixel') {
    return problem('SIZE_UNKNOWN', 'the size of this image is not known: give fractions of it');
  }
  const [x1, y1, x2, y2] = [region.received.x1, region.received.y1, region.received.x2, region.received.y2].map(
    parseDecimal,
  );
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) {
    return problem('NOT_A_DECIMAL', 'coordinates are plain decimal numbers such as 12 or 0.125');
  }
  const [across, down] = region.received.system === 'pixel' ? [1, 1] : [image.columns, image.rows];
  const pixels: PixelBox = { x1: x1 * across, y1: y1 * down, x2: x2 * across, y2: y2 * down };
  if (pixels.x2 < pixels.x1 || pixels.y2 < pixels.y1) {
    return problem('REVERSED_CORNERS', 'x1, y1 is the upper left corner and x2, y2 the lower right one');
  }
  if (pixels.x2 === pixels.x1 || pixels.y2 === pixels.y1) return problem('ZERO_AREA', 'the box has no area');
  if (pixels.x1 < 0 || pixels.y1 < 0 || pixels.x2 > image.columns || pixels.y2 > image.rows) {
    const size = `${String(image.columns)} x ${String(image.rows)}`;
    return problem('OUTSIDE_IMAGE', `the box leaves the image of ${size} pixels`);
  }
  return { ...region, pixels };
}

function findingProblems(
  finding: Finding,
  path: string,
  draft: AnnotationDraft,
  context: AnnotationContext,
): readonly Problem[] {
  const { protocol } = context;
  const regionIds = new Set(draft.regions.map(({ regionId }) => regionId));
  return [
    ...sentenceProblems(finding, path, context),
    ...statementProblems(finding.statement, path),
    ...unknownTerms(`${path}.labels`, finding.labels, termsOf(protocol.labels)),
    ...unknownTerms(`${path}.locations`, finding.locations, termsOf(protocol.locations)),
    ...(finding.progression === undefined || protocol.progressionTerms.includes(finding.progression)
      ? []
      : [unknownTerm(`${path}.progression`)]),
    ...repeated(`${path}.attributes`, finding.attributes, ({ name }) => name),
    ...finding.attributes.flatMap((value, index) =>
      attributeProblems(value, `${path}.attributes[${String(index)}]`, protocol.attributes),
    ),
    ...repeated(`${path}.regionIds`, finding.regionIds, (id) => id),
    ...finding.regionIds.flatMap((id, index) =>
      regionIds.has(id)
        ? []
        : [{ path: `${path}.regionIds[${String(index)}]`, code: 'UNKNOWN_REGION', message: 'no region has this id' }],
    ),
  ];
}

/** A sentence may have got other words of the same meaning, or a place in another sentence, while the case was read. */
function sentenceProblems({ sentence }: Finding, path: string, known: SentencesOfCase): readonly Problem[] {
  if (sentence === undefined || presentSentence(sentence, known) !== undefined) return [];
  const isOfCase =
    known.sentences.some(({ sentenceId }) => sentenceId === sentence.sentenceId) ||
    known.formerSentences?.has(sentence.sentenceId) === true;
  return isOfCase
    ? [{ path: `${path}.sentence`, code: 'OTHER_VERSION', message: 'the sentence has another version' }]
    : [{ path: `${path}.sentence`, code: 'UNKNOWN_SENTENCE', message: 'the case has no sentence of this id' }];
}

function statementProblems(statement: BilingualText | undefined, path: string): readonly Problem[] {
  if (statement === undefined) return [];
  const texts = [statement.es, statement.en].filter((text) => text !== undefined);
  if (texts.length === 0) {
    return [{ path: `${path}.statement`, code: 'MISSING', message: 'give the statement in Spanish or English' }];
  }
  return texts.every(isShortEnough)
    ? []
    : [
        {
          path: `${path}.statement`,
          code: 'TOO_LONG',
          message: `at most ${String(annotationLimits.textLength)} characters a language`,
        },
      ];
}

/** A sealed text was short enough when it was accepted. */
const isShortEnough = (text: ProtectedText): boolean =>
  text.state === 'sealed' || text.text.length <= annotationLimits.textLength;

function unknownTerms(path: string, given: readonly string[], allowed: readonly string[]): readonly Problem[] {
  if (given.length > annotationLimits.terms) return atMost(path, given.length, annotationLimits.terms);
  return [
    ...repeated(path, given, (term) => term),
    ...given.flatMap((term, index): readonly Problem[] =>
      allowed.includes(term) ? [] : [unknownTerm(`${path}[${String(index)}]`)],
    ),
  ];
}

/** Terms alone, so that no word of a person's own can name a patient where nothing is sealed. */
const unknownTerm = (path: string): Problem => ({
  path,
  code: 'UNKNOWN_TERM',
  message: 'the protocol has no such term',
});

const termsOf = (definitions: readonly { readonly term: string }[]): readonly string[] =>
  definitions.map(({ term }) => term);

function attributeProblems(
  { name, value }: AttributeValue,
  path: string,
  definitions: readonly AttributeDefinition[],
): readonly Problem[] {
  const definition = definitions.find((candidate) => candidate.name === name);
  if (definition === undefined) {
    return [{ path, code: 'UNKNOWN_ATTRIBUTE', message: 'the protocol has no attribute of this name' }];
  }
  return fits(definition, value) ? [] : [{ path, code: 'OUT_OF_RANGE', message: `not a value of ${definition.name}` }];
}

function fits(definition: AttributeDefinition, value: number | string): boolean {
  if (definition.kind === 'nominal') return typeof value === 'string' && definition.values.includes(value);
  const inRange = typeof value === 'number' && value >= definition.minimum && value <= definition.maximum;
  return inRange && (definition.kind === 'interval' || Number.isInteger(value));
}

function repeated<Item>(path: string, items: readonly Item[], keyOf: (item: Item) => string): readonly Problem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index): readonly Problem[] => {
    const key = keyOf(item);
    if (seen.has(key)) return [{ path: `${path}[${String(index)}]`, code: 'REPEATED', message: 'stands here twice' }];
    seen.add(key);
    return [];
  });
}
