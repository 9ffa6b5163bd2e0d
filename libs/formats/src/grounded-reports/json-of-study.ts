import type { JsonArray, JsonMember, JsonObject, JsonValue } from '../json/json-value.ts';
import type {
  BoxesOfReader,
  FindingOfConsensus,
  FindingOfReads,
  GroundedStudy,
  NormalisedBox,
  ReceivedMembers,
} from './grounded-study.ts';
import { findingKeys, readKeys, studyKeys } from './member-keys.ts';

/** Equal, value by value and key by key in order, to the object the study was read from. */
export function jsonOfStudy(study: GroundedStudy): JsonObject {
  const fields = {
    StudyID: study.studyId,
    ImageID: study.imageId,
    PreviousStudyID: study.previousStudyId,
    PreviousImageID: study.previousImageId,
    findings: list(study.findings, jsonOfFinding),
    'consilium:source': sourceOf(study),
    'consilium:study': study.beyondFormat,
  };
  return objectOf(fields, studyKeys, study.received);
}

/** The format itself means reads, so a file of reads says so only where it came in saying so. */
function sourceOf({ source, received }: GroundedStudy): JsonValue | undefined {
  return source === 'consensus' || received?.keys.includes('consilium:source') === true ? source : undefined;
}

function jsonOfFinding(finding: FindingOfReads | FindingOfConsensus): JsonObject {
  const fields = {
    sentence_en: finding.sentenceEn,
    sentence_es: finding.sentenceEs,
    abnormal: finding.abnormal,
    boxes: list(finding.boxes, jsonOfBox),
    extra_boxes: list(finding.extraBoxes, jsonOfBox),
    labels: list(finding.labels, (label) => label),
    locations: list(finding.locations, (location) => location),
    progression: finding.progression,
    'consilium:reads': list(finding.reads, jsonOfRead),
  };
  return objectOf(fields, findingKeys, finding.received);
}

const jsonOfRead = (read: BoxesOfReader): JsonObject =>
  objectOf({ reader: read.reader, boxes: list(read.boxes, jsonOfBox) }, readKeys, read.received);

const jsonOfBox = (box: NormalisedBox): JsonArray => ({
  kind: 'array',
  items: box.map((text) => ({ kind: 'number', text })),
});

/** An absent list stays absent, and one that is null stays null. */
function list<Item>(
  items: readonly Item[] | null | undefined,
  jsonOf: (item: Item) => JsonValue,
): JsonArray | null | undefined {
  return items && { kind: 'array', items: items.map(jsonOf) };
}

/** Members in the order they were received in; those that were not, behind them in the order of the format. */
function objectOf(
  fields: Readonly<Record<string, JsonValue | undefined>>,
  known: ReadonlySet<string>,
  received: ReceivedMembers = { keys: [], others: [] },
): JsonObject {
  const values = new Map<string, JsonValue | undefined>(Object.entries(fields));
  for (const { key, value } of received.others) if (!known.has(key)) values.set(key, value);
  const keys = new Set([...received.keys, ...values.keys()]);
  const members = [...keys].flatMap((key): readonly JsonMember[] => {
    const value = values.get(key);
    return value === undefined ? [] : [{ key, value }];
  });
  return { kind: 'object', members };
}
