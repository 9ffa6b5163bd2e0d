import type { CaseInput, ExternalReadInput } from '@consilium/client';
import { writeJson } from '@consilium/formats';
import type { FindingOfReads, NormalisedBox, StudyOfReads } from '@consilium/formats';
import { hasFirstReader, shapeOf } from './received-shape.ts';

/** What the format calls the readers of `boxes` and of `extra_boxes`, who have no name in it. */
export const firstReader = 'A';
export const secondReader = 'B';

/** What a file says of an image beside the studies; nothing where it says nothing. */
export interface ImageFacts {
  readonly rows?: number;
  readonly columns?: number;
  /** Key of the person on it; without one each study is one person's. */
  readonly subjectKey?: string;
}

export interface StudyContext {
  /** In the file, from 0. */
  readonly position: number;
  readonly image: ImageFacts;
  /** The program that wrote or translated the sentences, where one did. */
  readonly machine: { readonly model: string; readonly version?: string } | undefined;
}

/** The key of a case: a study may stand in a file once for each of its images. */
export const externalKeyOf = ({ studyId, imageId }: StudyOfReads): string => `${studyId}/${imageId}`;

/**
 * The case that a study means. `boxes` become the read of reader A, `extra_boxes` that of B, each with the labels, locations and progression of
 * their sentence; `consilium:reads` those of the readers that it names.
 *
 * - A study without any list `boxes` was read by no A, and its case waits for its first read.
 * - An empty list `boxes` means that A found no place; an empty list `extra_boxes`, that B did not see this sentence.
 */
export function caseOfStudy(study: StudyOfReads, { position, image, machine }: StudyContext): CaseInput {
  const { rows, columns, subjectKey } = image;
  const { previousStudyId, previousImageId } = study;
  const externalReads = readsOf(study);
  return {
    externalKey: externalKeyOf(study),
    subjectKey: subjectKey ?? study.studyId,
    position,
    studyKey: study.studyId,
    ...(isText(previousStudyId)
      ? { previousStudy: { studyKey: previousStudyId, imageKeys: isText(previousImageId) ? [previousImageId] : [] } }
      : {}),
    images: [{ key: study.imageId, ...(rows === undefined || columns === undefined ? {} : { rows, columns }) }],
    sentences: study.findings.map(({ sentenceEs, sentenceEn }, index) => ({
      key: sentenceKey(index),
      ...(isText(sentenceEs) ? { es: sentenceEs } : {}),
      ...(isText(sentenceEn) ? { en: sentenceEn } : {}),
      ...(machine === undefined ? {} : { origin: 'MACHINE' as const, machine }),
    })),
    ...(externalReads.length === 0 ? {} : { externalReads }),
    received: writeJson(shapeOf(study)),
  };
}

const isText = (value: string | null | undefined): value is string =>
  value !== undefined && value !== null && value.trim() !== '';

const sentenceKey = (index: number): string => String(index);

function readsOf(study: StudyOfReads): readonly ExternalReadInput[] {
  const { findings, imageId } = study;
  const named = [...new Set(findings.flatMap(({ reads = [] }) => reads.map(({ reader }) => reader)))];
  const boxesOf: readonly (readonly [string, (finding: FindingOfReads) => readonly NormalisedBox[] | undefined])[] = [
    ...(hasFirstReader(study) ? [[firstReader, (finding: FindingOfReads) => finding.boxes ?? []] as const] : []),
    [secondReader, ({ extraBoxes }) => (extraBoxes?.length ? extraBoxes : undefined)],
    ...named.map(
      (name) => [name, ({ reads }: FindingOfReads) => reads?.find(({ reader }) => reader === name)?.boxes] as const,
    ),
  ];
  return boxesOf.flatMap(([reader, boxesIn]) => {
    const read = readOf(reader, findings, imageId, boxesIn);
    return read.findings.length === 0 ? [] : [read];
  });
}

/** `boxesIn` gives undefined for a sentence that this reader did not see. */
function readOf(
  reader: string,
  findings: readonly FindingOfReads[],
  imageKey: string,
  boxesIn: (finding: FindingOfReads) => readonly NormalisedBox[] | undefined,
): ExternalReadInput {
  const seen = findings.flatMap((finding, index) => {
    const boxes = boxesIn(finding);
    return boxes === undefined ? [] : [{ finding, index, boxes }];
  });
  return {
    reader,
    findings: seen.map(({ finding, index, boxes }) => ({
      sentenceKey: sentenceKey(index),
      polarity: finding.abnormal ? 'POSITIVE' : 'NEGATIVE',
      labels: finding.labels ?? [],
      locations: finding.locations ?? [],
      ...(isText(finding.progression) ? { progression: finding.progression } : {}),
      regions: boxes.map((_, place) => regionKey(index, place)),
    })),
    regions: seen.flatMap(({ index, boxes }) =>
      boxes.map(([x1, y1, x2, y2], place) => ({
        key: regionKey(index, place),
        imageKey,
        system: 'NORMALISED' as const,
        x1,
        y1,
        x2,
        y2,
      })),
    ),
  };
}

const regionKey = (index: number, place: number): string => `${String(index)}.${String(place)}`;
