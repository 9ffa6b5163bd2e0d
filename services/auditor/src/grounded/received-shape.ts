import type { JsonArray, JsonObject, JsonValue, StudyOfReads } from '@consilium/formats';
import { jsonOfStudy } from '@consilium/formats';

/**
 * Stands in a shape where the case itself holds the value. No member that it stands for can be an empty object, so at their
 * keys it is never taken for a value that was received.
 */
const held: JsonObject = { kind: 'object', members: [] };

export const isHeld = (value: JsonValue | undefined): boolean => isObject(value) && value.members.length === 0;

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && value.kind === 'object';

export const isArray = (value: JsonValue | undefined): value is JsonArray =>
  typeof value === 'object' && value !== null && value.kind === 'array';

export const memberOf = (object: JsonObject, key: string): JsonValue | undefined =>
  object.members.find((member) => member.key === key)?.value;

/** Whether this study was read by whoever the format means by `boxes`: "looked at, and no place" is an empty list. */
export const hasFirstReader = ({ findings }: StudyOfReads): boolean =>
  findings.some(({ boxes }) => Array.isArray(boxes));

/**
 * A study as it was received, with {@link held} for every value that its case holds by a name of its own: what is left is which keys
 * there were, in which order, what was null or empty, and what the format does not know.
 */
export function shapeOf(study: StudyOfReads): JsonObject {
  const isRead = hasFirstReader(study);
  const hasPrevious = isText(study.previousStudyId);
  return mapMembers(jsonOfStudy(study), (key, value) => {
    switch (key) {
      case 'StudyID':
      case 'ImageID':
        return held;
      case 'PreviousStudyID':
      case 'PreviousImageID':
        return hasPrevious && isText(value) ? held : value;
      case 'findings':
        return mapItems(value, (finding) => (isObject(finding) ? shapeOfFinding(finding, isRead) : finding));
      default:
        return value;
    }
  });
}

const shapeOfFinding = (finding: JsonObject, isRead: boolean): JsonObject =>
  mapMembers(finding, (key, value) => {
    switch (key) {
      case 'sentence_en':
      case 'sentence_es':
        return isText(value) ? held : value;
      case 'abnormal':
        return isRead ? held : value;
      case 'boxes':
      case 'extra_boxes':
        return isFilled(value) ? held : value;
      case 'labels':
      case 'locations':
        return isRead && isFilled(value) ? held : value;
      case 'progression':
        return isRead && isText(value) ? held : value;
      case 'consilium:reads':
        return mapItems(value, (read) => (isObject(read) ? shapeOfRead(read) : read));
      default:
        return value;
    }
  });

/** How a reader is called stays: the order of the readers is one of the things that nothing else tells. */
const shapeOfRead = (read: JsonObject): JsonObject =>
  mapMembers(read, (key, value) => (key === 'boxes' && isFilled(value) ? held : value));

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isFilled = (value: JsonValue): boolean => isArray(value) && value.items.length > 0;

const mapItems = (value: JsonValue, change: (item: JsonValue, index: number) => JsonValue): JsonValue =>
  isArray(value) ? { kind: 'array', items: value.items.map(change) } : value;

/** Without those members that become undefined. */
export const mapMembers = (
  object: JsonObject,
  change: (key: string, value: JsonValue) => JsonValue | undefined,
): JsonObject => ({
  kind: 'object',
  members: object.members.flatMap(({ key, value }) => {
    const changed = change(key, value);
    return changed === undefined ? [] : [{ key, value: changed }];
  }),
});
