import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { writeGroundedReports } from '@consilium/formats';
import type { StudyOfReads } from '@consilium/formats';
import { syntheticStudies } from './synthetic-studies.ts';
import type { SyntheticOptions } from './synthetic-studies.ts';

/** The text of a file in the published format, in pieces, in memory that does not grow with the number of studies. */
export function syntheticGroundedReports(options: SyntheticOptions): AsyncIterable<string> {
  return writeGroundedReports({ source: 'reads', studies: studiesOf(options) });
}

/** Overwrites what is there. A crash leaves a file that its reader reports as cut off. */
export async function writeSyntheticFile(path: string, options: SyntheticOptions): Promise<void> {
  await pipeline(syntheticGroundedReports(options), createWriteStream(path));
}

async function* studiesOf(options: SyntheticOptions): AsyncGenerator<StudyOfReads> {
  for (const { study } of syntheticStudies(options)) yield study;
}
