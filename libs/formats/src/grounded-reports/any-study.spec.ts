import fc from 'fast-check';
import { anyJson, anyText } from '../json/any-json.spec.ts';
import type { JsonMember, JsonObject, JsonValue } from '../json/json-value.ts';
import type {
  FindingOfConsensus,
  FindingOfReads,
  NormalisedBox,
  StudyOfConsensus,
  StudyOfReads,
} from './grounded-study.ts';
import { findingKeys, readKeys, studyKeys } from './member-keys.ts';

const thousandth: fc.Arbitrary<{ readonly value: number; readonly form: number }> = fc.record({
  value: fc.nat(1_000),
  form: fc.nat(6),
});

/** One number in one of the ways people and programs write it. */
function decimalText({ value, form }: { readonly value: number; readonly form: number }): string {
  const fraction = value / 1_000;
  const forms = [
    String(fraction),
    fraction.toFixed(3),
    fraction.toFixed(25),
    `${String(value)}e-3`,
    `${String(value)}.0E-03`,
    fraction.toExponential(),
    value === 0 ? '-0' : `${String(value / 10)}e-2`,
  ];
  return forms[form] ?? '0';
}

export const anyBox: fc.Arbitrary<NormalisedBox> = fc
  .tuple(thousandth, thousandth, thousandth, thousandth)
  .filter(([x1, y1, x2, y2]) => x1.value < x2.value && y1.value < y2.value)
  .map(([x1, y1, x2, y2]) => [decimalText(x1), decimalText(y1), decimalText(x2), decimalText(y2)]);

const anyFilledText = anyText.map((text) => (text.trim() === '' ? 'derrame' : text));
const anyBoxes = fc.array(anyBox, { maxLength: 3 });
const anyTerms = fc.array(anyText, { maxLength: 3 });
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null });

const findingFields = {
  sentenceEn: orNull(anyText),
  sentenceEs: anyFilledText,
  abnormal: fc.boolean(),
  boxes: orNull(anyBoxes),
  labels: orNull(anyTerms),
  locations: orNull(anyTerms),
  progression: orNull(anyText),
};
const anyReads = fc.uniqueArray(fc.record({ reader: anyFilledText, boxes: anyBoxes }), {
  maxLength: 3,
  selector: ({ reader }) => reader,
});
const anyFindingOfReads: fc.Arbitrary<FindingOfReads> = fc.record(
  { ...findingFields, extraBoxes: orNull(anyBoxes), reads: anyReads },
  { requiredKeys: ['sentenceEs', 'abnormal'], noNullPrototype: true },
);
const anyFindingOfConsensus: fc.Arbitrary<FindingOfConsensus> = fc.record(findingFields, {
  requiredKeys: ['sentenceEs', 'abnormal'],
  noNullPrototype: true,
});

const studyFields = {
  studyId: anyFilledText,
  imageId: anyFilledText,
  previousStudyId: orNull(anyText),
  previousImageId: orNull(anyText),
  beyondFormat: anyJson.map(withoutRepeatedKeys),
};
const keyOfStudy = (study: { readonly studyId: string; readonly imageId: string }): string =>
  JSON.stringify([study.studyId, study.imageId]);

/** As a program would make them, not as they were read: without {@link ReceivedMembers}. */
export const anyStudiesOfReads: fc.Arbitrary<StudyOfReads[]> = fc.uniqueArray(
  fc.record(
    { ...studyFields, source: fc.constant('reads'), findings: fc.array(anyFindingOfReads, { maxLength: 4 }) },
    { requiredKeys: ['source', 'studyId', 'imageId', 'findings'], noNullPrototype: true },
  ),
  { maxLength: 4, selector: keyOfStudy },
);
export const anyStudiesOfConsensus: fc.Arbitrary<StudyOfConsensus[]> = fc.uniqueArray(
  fc.record(
    { ...studyFields, source: fc.constant('consensus'), findings: fc.array(anyFindingOfConsensus, { maxLength: 4 }) },
    { requiredKeys: ['source', 'studyId', 'imageId', 'findings'], noNullPrototype: true },
  ),
  { maxLength: 4, selector: keyOfStudy },
);

/** Turns the objects of a file into ones in another order and with members that no format knows. */
export function disguise(study: JsonObject, others: readonly JsonMember[], turn: number): JsonObject {
  const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
    value !== null && typeof value === 'object' && value.kind === 'array'
      ? value.items.filter((item) => item !== null && typeof item === 'object' && item.kind === 'object')
      : [];
  const disguised = (
    object: JsonObject,
    known: ReadonlySet<string>,
    lists: ReadonlyMap<string, ReadonlySet<string>>,
  ): JsonObject => {
    const inner = object.members.map(({ key, value }) => {
      const within = lists.get(key);
      if (within === undefined || objects(value).length === 0) return { key, value };
      const items = objects(value).map((item) => disguised(item, within, new Map([['consilium:reads', readKeys]])));
      return { key, value: { kind: 'array' as const, items } };
    });
    const all = [...inner, ...others.filter(({ key }) => !known.has(key))];
    const first = turn % Math.max(1, all.length);
    return { kind: 'object', members: [...all.slice(first), ...all.slice(0, first)] };
  };
  return disguised(study, studyKeys, new Map([['findings', findingKeys]]));
}

export const anyOthers: fc.Arbitrary<JsonMember[]> = fc.uniqueArray(
  fc.record({ key: anyText, value: anyJson.map(withoutRepeatedKeys) }),
  { maxLength: 4, selector: ({ key }) => key },
);

/** Repeated keys are refused. */
function withoutRepeatedKeys(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object' || value.kind === 'number') return value;
  if (value.kind === 'array') return { kind: 'array', items: value.items.map(withoutRepeatedKeys) };
  const members = new Map(value.members.map(({ key, value: member }) => [key, withoutRepeatedKeys(member)]));
  return { kind: 'object', members: [...members].map(([key, member]) => ({ key, value: member })) };
}
