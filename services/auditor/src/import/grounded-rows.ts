import { readGroundedReports, readJsonLines, toPlainJson } from '@consilium/formats';
import type { FileChunks, StudyOfReads } from '@consilium/formats';
import { z } from 'zod';
import { CommandFailed } from '../command-failed.ts';
import { caseOfStudy, externalKeyOf, firstReader, secondReader } from '../grounded/case-of-study.ts';
import type { ImageFacts, StudyContext } from '../grounded/case-of-study.ts';
import { type ImportRow, type RowProblem, textProblemsOf } from './import-row.ts';

/** A file of grounded reports, row by row, in memory bounded by one study. Its rows are the order of the cases. */
export async function* groundedRows(
  chunks: FileChunks,
  images: ReadonlyMap<string, ImageFacts>,
  machine: StudyContext['machine'],
): AsyncGenerator<ImportRow> {
  for await (const read of readGroundedReports(chunks)) {
    const place = { row: read.row, byteOffset: read.byteOffset };
    if (read.kind === 'broken') {
      yield { ...place, kind: 'broken', problems: [{ path: '', code: read.code, message: read.message }] };
    } else if (read.kind === 'problems') {
      yield { ...place, kind: 'problems', problems: read.problems };
    } else if (read.study.source === 'consensus') {
      const message = 'a consensus is nobody’s read: import the raw reads it was made from';
      yield { ...place, kind: 'problems', problems: [{ path: 'consilium:source', code: 'NOT_READS', message }] };
    } else {
      const image = images.get(read.study.imageId) ?? {};
      const problems = [...textProblemsOf(read.study), ...takenNames(read.study)];
      yield problems.length > 0
        ? { ...place, kind: 'problems', externalKey: externalKeyOf(read.study), problems }
        : { ...place, kind: 'case', case: caseOfStudy(read.study, { position: read.row, image, machine }) };
    }
  }
}

/** Two readers of one name would be one reader. */
const takenNames = ({ findings }: StudyOfReads): readonly RowProblem[] =>
  findings.flatMap(({ reads = [] }, index) =>
    reads.flatMap(({ reader }, place): readonly RowProblem[] => {
      if (reader !== firstReader && reader !== secondReader) return [];
      const path = `findings[${String(index)}].consilium:reads[${String(place)}].reader`;
      return [{ path, code: 'REPEATED_READER', message: 'A and B are the readers of boxes and extra_boxes' }];
    }),
  );

const imageLine = z.strictObject({
  ImageID: z.string().min(1),
  rows: z.int().min(1).max(65_535).optional(),
  columns: z.int().min(1).max(65_535).optional(),
  subjectKey: z.string().min(1).max(500).optional(),
});

const mostImages = 1_000_000;

/** What a file of JSON lines says of images: `{"ImageID": ..., "rows": ..., "columns": ..., "subjectKey": ...}`. @throws CommandFailed */
export async function readImageFacts(chunks: FileChunks): Promise<ReadonlyMap<string, ImageFacts>> {
  const images = new Map<string, ImageFacts>();
  for await (const line of readJsonLines(chunks)) {
    const parsed = line.kind === 'value' ? imageLine.safeParse(toPlainJson(line.value)) : undefined;
    if (parsed?.success !== true) {
      throw new CommandFailed('usage', `--images: line ${String(line.row + 1)} says nothing of an image.`);
    }
    const { ImageID, rows, columns, subjectKey } = parsed.data;
    if ((rows === undefined) !== (columns === undefined)) {
      throw new CommandFailed('usage', `--images: line ${String(line.row + 1)} has rows or columns, not both.`);
    }
    if (images.size === mostImages) {
      throw new CommandFailed('usage', `--images: at most ${String(mostImages)} images.`);
    }
    images.set(ImageID, {
      ...(rows === undefined ? {} : { rows }),
      ...(columns === undefined ? {} : { columns }),
      ...(subjectKey === undefined ? {} : { subjectKey }),
    });
  }
  return images;
}
