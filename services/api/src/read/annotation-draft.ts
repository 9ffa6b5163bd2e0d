import { annotationLimits } from '@consilium/domain';
import type {
  AnnotationDraft,
  AnnotationId,
  AttributeValue,
  Finding,
  FindingId,
  ImageId,
  Problem,
  RegionId,
  SentenceId,
} from '@consilium/domain';
import { bilingualOf } from '../case/case-content.ts';
import type { Identities } from '../platform/identities.ts';
import type { AnnotationInput, AttributeValueInput, FindingInput } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/**
 * An input as the domain takes it: findings and regions get ids, a finding names its regions by id. Whatever can be wrong
 * with coordinates, terms and sentences is for the case's decider, which knows the case and its protocol.
 */
export function draftOf(
  identities: Identities,
  annotationId: AnnotationId,
  input: AnnotationInput,
): AnnotationDraft | { readonly problems: readonly Problem[] } {
  const problems = [...countProblems(input), ...input.findings.flatMap(shapeProblems)];
  if (problems.length > 0) return { problems: problems.slice(0, 50) };
  const regionIds = new Map(input.regions.map(({ key }) => [key, identities.region(annotationId, key)]));
  const regionId = (key: string): RegionId => regionIds.get(key) ?? identities.region(annotationId, key);
  return {
    answer: input.answer,
    imageQualityFlags: input.imageQualityFlags,
    reportQualityFlags: input.reportQualityFlags,
    regions: input.regions.map(({ key, imageId, system, x1, y1, x2, y2 }) => ({
      regionId: regionId(key),
      imageId: imageId as ImageId,
      kind: 'box',
      received: { system, x1, y1, x2, y2 },
    })),
    findings: input.findings.map((finding, index) =>
      findingOf(identities.finding(annotationId, index), finding, regionId),
    ),
  };
}

function findingOf(findingId: FindingId, input: FindingInput, regionId: (key: string) => RegionId): Finding {
  const { sentenceId, sentenceVersion, statement, progression } = input;
  return {
    findingId,
    ...(!isGiven(sentenceId) || !isGiven(sentenceVersion)
      ? {}
      : { sentence: { sentenceId: sentenceId as SentenceId, version: sentenceVersion } }),
    ...(!isGiven(statement) ? {} : { statement: bilingualOf(statement.es, statement.en) }),
    polarity: input.polarity,
    labels: input.labels,
    locations: input.locations,
    ...(!isGiven(progression) ? {} : { progression }),
    attributes: input.attributes.map(attributeOf),
    regionIds: input.regions.map(regionId),
  };
}

const attributeOf = ({ name, number, term }: AttributeValueInput): AttributeValue => ({
  name,
  value: number ?? term ?? '',
});

/** Counted before ids are made: ten thousand boxes cost nothing but their refusal. */
function countProblems({ findings, regions }: AnnotationInput): readonly Problem[] {
  return [
    ...atMost('findings', findings.length, annotationLimits.findings),
    ...atMost('regions', regions.length, annotationLimits.regions),
  ];
}

const atMost = (path: string, count: number, limit: number): readonly Problem[] =>
  count <= limit ? [] : [{ path, code: 'TOO_MANY', message: `${count} given, at most ${limit}` }];

function shapeProblems(finding: FindingInput, index: number): readonly Problem[] {
  const path = `findings[${index}]`;
  const isHalf = isGiven(finding.sentenceId) !== isGiven(finding.sentenceVersion);
  return [
    ...(isHalf
      ? [{ path: `${path}.sentenceId`, code: 'MISSING', message: 'a sentence is named by its id and its version' }]
      : []),
    ...atMost(`${path}.regions`, finding.regions.length, annotationLimits.regions),
    ...finding.attributes.flatMap(({ number, term }, at) =>
      isGiven(number) === isGiven(term)
        ? [{ path: `${path}.attributes[${at}]`, code: 'MISSING', message: 'give a number or a term, not both' }]
        : [],
    ),
  ];
}
