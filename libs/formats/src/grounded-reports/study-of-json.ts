import { ProblemList } from '../format-problem.ts';
import type { FormatProblem } from '../format-problem.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { noteRepeatedKeys } from '../json/repeated-keys.ts';
import type {
  BoxesOfReader,
  FindingOfConsensus,
  FindingOfReads,
  GroundedStudy,
  NormalisedBox,
} from './grounded-study.ts';
import { findingKeys, readKeys, studyKeys } from './member-keys.ts';
import { ObjectMembers } from './object-members.ts';

export type ReadStudy =
  | { readonly ok: true; readonly study: GroundedStudy }
  | { readonly ok: false; readonly problems: readonly FormatProblem[] };

/** Everything wrong with one study is found at once, up to a limit. */
export function studyOfJson(value: JsonValue): ReadStudy {
  const problems = new ProblemList();
  noteRepeatedKeys(value, problems);
  const object = objectAt(value, '', problems);
  const study = object === undefined ? undefined : readStudy(object, problems);
  return study === undefined || problems.all.length > 0 ? { ok: false, problems: problems.all } : { ok: true, study };
}

function readStudy(object: JsonObject, problems: ProblemList): GroundedStudy {
  const members = new ObjectMembers(object, '', problems);
  const source = readSource(members.value('consilium:source'), problems);
  const fields = {
    studyId: members.text('StudyID'),
    imageId: members.text('ImageID'),
    ...present('previousStudyId', members.optionalText('PreviousStudyID')),
    ...present('previousImageId', members.optionalText('PreviousImageID')),
    ...present('beyondFormat', members.value('consilium:study')),
    received: members.received(studyKeys),
  };
  const findings = <Finding>(read: (finding: JsonObject, path: string, problems: ProblemList) => Finding) =>
    members
      .list('findings', (item, path) => {
        const finding = objectAt(item, path, problems);
        return finding === undefined ? undefined : read(finding, path, problems);
      })
      .filter((finding) => finding !== undefined);
  return source === 'consensus'
    ? { source, ...fields, findings: findings(findingOfConsensus) }
    : { source, ...fields, findings: findings(findingOfReads) };
}

function readSource(value: JsonValue | undefined, problems: ProblemList): GroundedStudy['source'] {
  if (value === undefined || value === 'reads') return 'reads';
  if (value !== 'consensus') problems.add('consilium:source', 'WRONG_TYPE', 'must be "reads" or "consensus"');
  return 'consensus';
}

function findingOfReads(object: JsonObject, path: string, problems: ProblemList): FindingOfReads {
  const members = new ObjectMembers(object, path, problems);
  const reads =
    members.value('consilium:reads') === undefined
      ? undefined
      : members.list('consilium:reads', (item, at) => readOfReader(item, at, problems));
  noteRepeatedReaders(reads ?? [], `${path}.consilium:reads`, problems);
  return {
    ...findingFields(members, path, problems),
    ...present('extraBoxes', readBoxes(members, 'extra_boxes', problems)),
    ...present('reads', reads),
  };
}

function findingOfConsensus(object: JsonObject, path: string, problems: ProblemList): FindingOfConsensus {
  const members = new ObjectMembers(object, path, problems);
  for (const key of ['extra_boxes', 'consilium:reads']) {
    if (members.value(key) !== undefined) {
      problems.add(`${path}.${key}`, 'MIXED_SOURCES', 'boxes of single readers have no place in a consensus');
    }
  }
  return findingFields(members, path, problems);
}

function findingFields(members: ObjectMembers, path: string, problems: ProblemList): FindingOfConsensus {
  const [sentenceEn, sentenceEs] = [members.optionalText('sentence_en'), members.optionalText('sentence_es')];
  if ([sentenceEn, sentenceEs].every((sentence) => (sentence ?? '').trim() === '')) {
    problems.add(path, 'MISSING', 'must have a sentence in English or Spanish');
  }
  return {
    ...present('sentenceEn', sentenceEn),
    ...present('sentenceEs', sentenceEs),
    abnormal: members.flag('abnormal'),
    ...present('boxes', readBoxes(members, 'boxes', problems)),
    ...present('labels', readTerms(members, 'labels', problems)),
    ...present('locations', readTerms(members, 'locations', problems)),
    ...present('progression', members.optionalText('progression')),
    received: members.received(findingKeys),
  };
}

function readOfReader(item: JsonValue, path: string, problems: ProblemList): BoxesOfReader {
  const object = objectAt(item, path, problems) ?? { kind: 'object', members: [] };
  const members = new ObjectMembers(object, path, problems);
  return {
    reader: members.text('reader'),
    boxes: members.list('boxes', (box, at) => readBox(box, at, problems)),
    received: members.received(readKeys),
  };
}

function noteRepeatedReaders(reads: readonly BoxesOfReader[], path: string, problems: ProblemList): void {
  const seen = new Set<string>();
  for (const [index, { reader }] of reads.entries()) {
    if (seen.has(reader)) {
      problems.add(`${path}[${String(index)}].reader`, 'REPEATED_READER', 'this reader stands here twice');
    }
    seen.add(reader);
  }
}

const readBoxes = (
  members: ObjectMembers,
  key: string,
  problems: ProblemList,
): readonly NormalisedBox[] | null | undefined =>
  members.optionalList(key, (box, path) => readBox(box, path, problems));

const readTerms = (members: ObjectMembers, key: string, problems: ProblemList): readonly string[] | null | undefined =>
  members.optionalList(key, (term, path) => {
    if (typeof term === 'string') return term;
    problems.add(path, 'WRONG_TYPE', 'must be a text');
    return '';
  });

function readBox(value: JsonValue, path: string, problems: ProblemList): NormalisedBox {
  const edges = value !== null && typeof value === 'object' && value.kind === 'array' ? value.items : [];
  const [x1, y1, x2, y2] = edges.map((edge) =>
    edge !== null && typeof edge === 'object' && edge.kind === 'number' ? edge.text : undefined,
  );
  if (edges.length !== 4 || x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) {
    problems.add(path, 'NOT_A_BOX', 'a box is a list of four numbers: x1, y1, x2, y2');
    return ['0', '0', '1', '1'];
  }
  const [left, top, right, bottom] = [Number(x1), Number(y1), Number(x2), Number(y2)];
  if (!(Math.min(left, top, right, bottom) >= 0 && Math.max(left, top, right, bottom) <= 1)) {
    problems.add(path, 'OUTSIDE_IMAGE', 'edges are fractions of the image, from 0 to 1');
  } else if (right < left || bottom < top) {
    problems.add(path, 'REVERSED_CORNERS', 'x1, y1 is the upper left corner and x2, y2 the lower right one');
  } else if (right === left || bottom === top) {
    problems.add(path, 'ZERO_AREA', 'the box has no area');
  }
  return [x1, y1, x2, y2];
}

function objectAt(value: JsonValue, path: string, problems: ProblemList): JsonObject | undefined {
  if (value !== null && typeof value === 'object' && value.kind === 'object') return value;
  problems.add(path, 'WRONG_TYPE', 'must be an object');
  return undefined;
}

/** A field that is absent in the file is absent in the study: undefined would be another thing than absent. */
function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Readonly<Partial<Record<Name, Value>>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, Value>>;
}
