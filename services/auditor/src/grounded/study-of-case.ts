import { parseJson, studyOfJson } from '@consilium/formats';
import type { GroundedStudy, JsonMember, JsonObject, JsonValue } from '@consilium/formats';
import { agreedAnswers } from './agreed-answers.ts';
import { firstReader, secondReader } from './case-of-study.ts';
import {
  boxesOf,
  type ExportedCase,
  type ReaderAnswers,
  readerAnswers,
  type SentenceAnswer,
} from './reader-answers.ts';
import { isArray, isHeld, isObject, mapMembers, memberOf } from './received-shape.ts';

/** Why a case has no place in a file of this format. */
export type NotExported =
  /** A text of it was erased with its subject. */
  | 'ERASED'
  /** Nobody has answered one of its sentences, and the row it came in said nothing of it. */
  | 'UNANSWERED'
  /** Nothing is agreed on or decided. */
  | 'NO_CONSENSUS'
  /** It says what the format has no form for: several images, for instance. */
  | 'NO_FORM';

export type StudyOfCase =
  { readonly ok: true; readonly study: GroundedStudy } | { readonly ok: false; readonly why: NotExported };

/**
 * The raw reads of a case as the format says them: sentences as they are now, boxes of readers A and B where the format has a place for them,
 * those of all others in `consilium:reads`, and what people here said besides in `consilium:study`. What a case holds nowhere else is
 * taken from the shape of the row that it came in. Without a reader A, labels, locations and progression are those of the first other reader.
 */
export function studyOfReads(node: ExportedCase): StudyOfCase {
  const reads = readerAnswers(node);
  const first = reads.find(({ reader }) => reader === firstReader);
  const second = reads.find(({ reader }) => reader === secondReader);
  const others = reads.filter((read) => read !== first && read !== second);
  const shape = receivedShape(node);
  const factsOf = (sentenceId: string): SentenceFacts => ({
    said: [first, ...others, second].map((read) => read?.bySentence.get(sentenceId)).find((one) => one !== undefined),
    boxes: boxesIn(first, sentenceId),
    extraBoxes: boxesIn(second, sentenceId),
    reads: others.flatMap((read) => {
      const boxes = boxesIn(read, sentenceId);
      return boxes === undefined ? [] : [[read.reader, boxes] as const];
    }),
  });
  return studyOf(node, shape, factsOf, { 'consilium:study': beyondFormat(node, reads, shape) });
}

/** What the readers of a case agree on, or people decided. Nothing of it stands as it was received. */
export function studyOfConsensus(node: ExportedCase): StudyOfCase {
  const agreed = agreedAnswers(node);
  if (agreed === undefined) return { ok: false, why: 'NO_CONSENSUS' };
  const factsOf = (sentenceId: string): SentenceFacts => {
    const said = agreed.get(sentenceId);
    return { said, boxes: said === undefined ? undefined : boxesOf(said.boxes), extraBoxes: undefined, reads: [] };
  };
  return studyOf(node, undefined, factsOf, { 'consilium:source': 'consensus' });
}

interface SentenceFacts {
  /** Undefined where nobody answered the sentence. */
  readonly said: SentenceAnswer | undefined;
  readonly boxes: JsonValue | undefined;
  readonly extraBoxes: JsonValue | undefined;
  readonly reads: readonly (readonly [reader: string, boxes: JsonValue])[];
}

type Known = Readonly<Record<string, JsonValue | undefined>>;

const boxesIn = (read: ReaderAnswers | undefined, sentenceId: string): JsonValue | undefined => {
  const answer = read?.bySentence.get(sentenceId);
  return answer === undefined ? undefined : boxesOf(answer.boxes);
};

function studyOf(
  node: ExportedCase,
  shape: JsonObject | undefined,
  factsOf: (sentenceId: string) => SentenceFacts,
  ours: Known,
): StudyOfCase {
  const { sentences, images, externalKey, studyKey, previousStudy } = node;
  const [image, ...otherImages] = images;
  if (externalKey === null || sentences.some(({ text }) => text.erased)) return { ok: false, why: 'ERASED' };
  if (image === undefined || otherImages.length > 0) return { ok: false, why: 'NO_FORM' };
  const shapes = shape === undefined ? undefined : memberOf(shape, 'findings');
  const findings = sentences.map(({ id, text }, index) => {
    const received = isArray(shapes) ? shapes.items[index] : undefined;
    return findingOf(text, factsOf(id), isObject(received) ? received : undefined);
  });
  if (findings.some((finding) => memberOf(finding, 'abnormal') === undefined)) return { ok: false, why: 'UNANSWERED' };
  const known: Known = {
    StudyID: studyKey ?? externalKey,
    ImageID: image.key ?? image.id,
    PreviousStudyID: previousStudy?.studyKey ?? null,
    PreviousImageID: previousStudy?.imageKeys[0] ?? null,
    findings: { kind: 'array', items: findings },
    ...ours,
  };
  const read = studyOfJson(filled(shape, known));
  return read.ok ? read : { ok: false, why: 'NO_FORM' };
}

function findingOf(
  { es, en }: { readonly es: string | null; readonly en: string | null },
  { said, boxes, extraBoxes, reads }: SentenceFacts,
  shape: JsonObject | undefined,
): JsonObject {
  const isPositive = said !== undefined && said.polarity !== 'NEGATIVE';
  /** Negative sentences leave out what is empty. */
  const unlessNothing = (value: JsonValue | undefined): JsonValue | undefined =>
    value === undefined || (isNothing(value) && !isPositive) ? undefined : value;
  return filled(shape, {
    sentence_en: en ?? undefined,
    sentence_es: es ?? undefined,
    abnormal: said === undefined ? undefined : isPositive,
    boxes: unlessNothing(boxes),
    extra_boxes: unlessNothing(extraBoxes),
    labels: unlessNothing(termsOf(said?.labels)),
    locations: unlessNothing(termsOf(said?.locations)),
    progression: unlessNothing(said?.progression),
    'consilium:reads': readsOf(reads, shape),
  });
}

const termsOf = (terms: readonly string[] | undefined): JsonValue | undefined =>
  terms === undefined ? undefined : { kind: 'array', items: terms };

/** Those that were received in their order and with what their objects had, the others behind them. */
function readsOf(reads: SentenceFacts['reads'], shape: JsonObject | undefined): JsonValue | undefined {
  const left = new Map(reads);
  const received = shape === undefined ? undefined : memberOf(shape, 'consilium:reads');
  const kept = (isArray(received) ? received.items : []).flatMap((item): readonly JsonValue[] => {
    if (!isObject(item)) return [item];
    const reader = memberOf(item, 'reader');
    if (typeof reader !== 'string') return [item];
    const boxes = left.get(reader);
    left.delete(reader);
    // A read that was withdrawn is none.
    return boxes === undefined
      ? []
      : [mapMembers(item, (key, value) => (key === 'boxes' && isHeld(value) ? boxes : value))];
  });
  const items = [...kept, ...[...left].map(([reader, boxes]) => objectOf({ reader, boxes }))];
  return items.length === 0 && !isArray(received) ? received : { kind: 'array', items };
}

/** What people here said of the case, whole: much of it has no place in the format. */
function beyondFormat(
  { sentences }: ExportedCase,
  reads: readonly ReaderAnswers[],
  shape: JsonObject | undefined,
): JsonValue | undefined {
  const ofPeople = reads.filter(({ isExternal }) => !isExternal);
  const received = shape === undefined ? undefined : memberOf(shape, 'consilium:study');
  if (ofPeople.length === 0) return received;
  const places = new Map(sentences.map(({ id }, index) => [id, index]));
  const answers: JsonValue = {
    kind: 'array',
    items: ofPeople.map(({ reader, annotation }) =>
      objectOf({
        reader,
        answer: annotation.answer,
        findings: {
          kind: 'array',
          items: annotation.findings.map(({ sentenceId, polarity, labels, locations, progression }) =>
            objectOf({
              sentence: sentenceId === null ? null : numberOf(places.get(sentenceId)),
              polarity,
              labels: termsOf(labels),
              locations: termsOf(locations),
              progression,
            }),
          ),
        },
        imageQualityFlags: termsOf(annotation.imageQualityFlags),
        reportQualityFlags: termsOf(annotation.reportQualityFlags),
      }),
    ),
  };
  const others = isObject(received) ? received.members.filter(({ key }) => key !== 'reads') : [];
  return { kind: 'object', members: [...others, { key: 'reads', value: answers }] };
}

const numberOf = (index: number | undefined): JsonValue =>
  index === undefined ? null : { kind: 'number', text: String(index) };

/** What a shape never keeps, because the case has all of it. */
const ofCase: ReadonlySet<string> = new Set(['findings', 'consilium:reads', 'consilium:study']);

/**
 * The members of a shape with what is known in the place of what is held, and of what was empty; without a shape all that is known, in the
 * order of the format. What came to be known since the row was received stands behind.
 */
function filled(shape: JsonObject | undefined, known: Known): JsonObject {
  if (shape === undefined) return objectOf(known);
  const placed = mapMembers(shape, (key, value) => {
    // A member that the format does not know is never ours, whatever it says.
    if (!Object.hasOwn(known, key)) return value;
    if (isHeld(value) || ofCase.has(key)) return known[key];
    const now = known[key];
    return isNothing(value) && now !== undefined && !isNothing(now) ? now : value;
  });
  const received = new Set(shape.members.map(({ key }) => key));
  const added = Object.entries(known).flatMap(([key, value]): readonly JsonMember[] =>
    received.has(key) || value === undefined || isNothing(value) ? [] : [{ key, value }],
  );
  return { kind: 'object', members: [...placed.members, ...added] };
}

const isNothing = (value: JsonValue): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '') || (isArray(value) && value.items.length === 0);

const objectOf = (known: Known): JsonObject => ({
  kind: 'object',
  members: Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }])),
});

/** Sentences that were split or merged have no place in what was received. */
function receivedShape({ received, formerSentences }: ExportedCase): JsonObject | undefined {
  const parsed = received === null ? undefined : parseJson(received);
  const shape = parsed?.ok === true && isObject(parsed.value) ? parsed.value : undefined;
  if (shape === undefined || formerSentences.length === 0) return shape;
  return mapMembers(shape, (key, value) => (key === 'findings' ? { kind: 'array', items: [] } : value));
}
