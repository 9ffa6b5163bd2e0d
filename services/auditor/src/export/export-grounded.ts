import { exportedCases } from '@consilium/client';
import type { ConsiliumClient } from '@consilium/client';
import { StudyNotWritable, writeGroundedReports } from '@consilium/formats';
import type { GroundedStudy, StudyOfConsensus, StudyOfReads } from '@consilium/formats';
import { CommandFailed } from '../command-failed.ts';
import { type NotExported, studyOfConsensus, studyOfReads } from '../grounded/study-of-case.ts';
import { projectToExport, putOnRecord } from './export-project.ts';
import type { ExportPurpose } from './export-project.ts';

const casesPerPage = 100;

export interface GroundedExport {
  readonly projectId: string | undefined;
  readonly to: ExportPurpose;
  /** Raw reads, or what they came to: never both in one file. */
  readonly source: 'reads' | 'consensus';
}

export interface GroundedCounts {
  readonly studies: number;
  /** Cases that have no place in the file, by why. */
  readonly leftOut: Readonly<Partial<Record<NotExported, number>>>;
}

/**
 * The text of a file of grounded reports, in the order of the import, in memory bounded by one page of cases.
 * @throws CommandFailed; the client's errors
 */
export async function* exportGrounded(
  client: ConsiliumClient,
  { projectId, to, source }: GroundedExport,
  onPage: (counts: GroundedCounts, of: number | undefined) => void,
): AsyncGenerator<string, GroundedCounts> {
  const project = await projectToExport(client, projectId);
  await putOnRecord(client, project.id, to);
  const leftOut: Partial<Record<NotExported, number>> = {};
  let studies = 0;
  const all = async function* (): AsyncGenerator<GroundedStudy> {
    for (let coming: ReturnType<typeof pageOf> | undefined = pageOf(client, project.id, null); coming !== undefined;) {
      const page: Awaited<ReturnType<typeof pageOf>> = await coming;
      const { hasNextPage, endCursor } = page.pageInfo;
      // The api makes the next page while this one is written; whoever stops reading does not ask what became of it.
      coming = hasNextPage ? pageOf(client, project.id, endCursor) : undefined;
      coming?.catch(() => undefined);
      for (const { node } of page.edges) {
        const made = source === 'reads' ? studyOfReads(node) : studyOfConsensus(node);
        if (made.ok) yield made.study;
        else leftOut[made.why] = (leftOut[made.why] ?? 0) + 1;
        if (made.ok) studies += 1;
      }
      onPage({ studies, leftOut }, project.progress?.cases);
    }
  };
  try {
    yield* writeGroundedReports(
      source === 'reads'
        ? { source, studies: ofKind(all(), isOfReads) }
        : { source, studies: ofKind(all(), isOfConsensus) },
    );
  } catch (error) {
    if (!(error instanceof StudyNotWritable)) throw error;
    throw new CommandFailed('failed', `The file is not whole: ${error.message}.`, { cause: error });
  }
  return { studies, leftOut };
}

async function pageOf(client: ConsiliumClient, projectId: string, after: string | null) {
  return (await client.request(exportedCases, { projectId, first: casesPerPage, after })).cases;
}

const isOfReads = (study: GroundedStudy): study is StudyOfReads => study.source === 'reads';
const isOfConsensus = (study: GroundedStudy): study is StudyOfConsensus => study.source === 'consensus';

async function* ofKind<Study extends GroundedStudy>(
  studies: AsyncIterable<GroundedStudy>,
  isKind: (study: GroundedStudy) => study is Study,
): AsyncGenerator<Study> {
  for await (const study of studies) if (isKind(study)) yield study;
}
