import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { adoptProtocol, projectProtocol } from '@consilium/client';
import type { ConsiliumClient, ProjectProtocolData } from '@consilium/client';
import type { FileChunks } from '@consilium/formats';
import { CommandFailed } from '../command-failed.ts';
import { counted, type Progress } from '../command/progress.ts';
import type { ImageFacts, StudyContext } from '../grounded/case-of-study.ts';
import { caseLineRows } from './case-line-rows.ts';
import { groundedRows, readImageFacts } from './grounded-rows.ts';
import type { ImportRow } from './import-row.ts';
import { RowReport } from './row-report.ts';
import { CaseSender, type SentCase } from './send-cases.ts';
import { TermsToAdopt, unknownTerms, vocabularyOf } from './vocabulary.ts';

export interface ImportRequest {
  readonly path: string;
  readonly format: 'padchest-gr' | 'json-lines';
  readonly projectId: string;
  readonly imagesPath: string | undefined;
  readonly machine: StudyContext['machine'];
  readonly adoptsVocabulary: boolean;
  /** Where rows that did not come in are written. */
  readonly errorsPath: string | undefined;
}

export interface ImportCounts {
  readonly imported: number;
  readonly unchanged: number;
  /** Rows that did not come in. */
  readonly refused: number;
  /** Nothing behind some place of the file could be read. */
  readonly isBroken: boolean;
  readonly termsAdopted: number;
}

/**
 * Takes in a file row by row, in memory that does not grow with it: a faulty row is reported and stops no other. A run that was
 * broken off is run again: what came in is unchanged then.
 * @throws CommandFailed; the client's errors; of the file
 */
export async function runImport(
  client: ConsiliumClient,
  request: ImportRequest,
  progress: Progress,
): Promise<ImportCounts> {
  const sizeBytes = await sizeOf(request.path);
  const images = request.imagesPath === undefined ? new Map() : await imagesIn(request.imagesPath);
  const rows = (onBytes: (bytes: number) => void): AsyncIterable<ImportRow> => {
    const chunks = counting(createReadStream(request.path), onBytes);
    return request.format === 'padchest-gr' ? groundedRows(chunks, images, request.machine) : caseLineRows(chunks);
  };
  const protocol = await protocolOf(client, request.projectId);
  let vocabulary = vocabularyOf(protocol);
  let termsAdopted = 0;
  if (request.adoptsVocabulary) {
    const terms = new TermsToAdopt(vocabulary);
    progress.begin('vocabulary');
    for await (const row of rows((bytes) => progress.at(bytes, sizeBytes)))
      if (row.kind === 'case') terms.add(row.case);
    progress.end(`${counted(terms.count)} new terms`);
    if (terms.count > 0) {
      await adopt(client, request.projectId, terms.extend(protocol));
      // The view may not have it yet; the journal, by which rows are judged, has.
      vocabulary = terms.adopted;
      termsAdopted = terms.count;
    }
  }
  const report = new RowReport(request.errorsPath);
  const counts = { imported: 0, unchanged: 0 };
  let isBroken = false;
  const sender = new CaseSender(client, request.projectId, async (sent) => countSent(sent, counts, report));
  progress.begin('import');
  for await (const row of rows((bytes) => progress.at(bytes, sizeBytes))) {
    if (row.kind === 'case') {
      const { externalKey } = row.case;
      const problems = unknownTerms(row.case, vocabulary);
      if (problems.length === 0) await sender.add({ place: row, case: row.case });
      else await report.add({ ...placeOf(row), outcome: 'INVALID', externalKey, problems });
    } else {
      isBroken ||= row.kind === 'broken';
      const key = row.kind === 'problems' && row.externalKey !== undefined ? { externalKey: row.externalKey } : {};
      await report.add({ ...placeOf(row), outcome: 'NOT_READ', ...key, problems: row.problems });
    }
  }
  await sender.end();
  await report.end();
  const { imported, unchanged } = counts;
  progress.end(`${counted(imported)} imported, ${counted(unchanged)} unchanged, ${counted(report.rows)} not`);
  return { imported, unchanged, refused: report.rows, isBroken, termsAdopted };
}

const placeOf = ({ row, byteOffset }: ImportRow) => ({ row, byteOffset });

async function countSent(
  sent: readonly SentCase[],
  counts: { imported: number; unchanged: number },
  report: RowReport,
): Promise<void> {
  for (const { place, case: given, outcome } of sent) {
    if (outcome.outcome === 'IMPORTED') counts.imported += 1;
    else if (outcome.outcome === 'UNCHANGED') counts.unchanged += 1;
    else {
      const { row, byteOffset } = place;
      const { externalKey } = given;
      await report.add({ row, byteOffset, outcome: outcome.outcome, externalKey, problems: outcome.problems });
    }
  }
}

async function* counting(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): FileChunks & AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    onBytes(bytes);
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw new CommandFailed('notFound', `There is no file ${path} that can be read.`, { cause: error });
  }
}

async function imagesIn(path: string): Promise<ReadonlyMap<string, ImageFacts>> {
  await sizeOf(path);
  return readImageFacts(createReadStream(path));
}

type Protocol = NonNullable<NonNullable<ProjectProtocolData['project']>['protocol']>;

async function protocolOf(client: ConsiliumClient, id: string): Promise<Protocol> {
  const { project } = await client.request(projectProtocol, { id });
  if (project === null) {
    throw new CommandFailed('notFound', `There is no project ${id} for you.`);
  }
  return project.protocol;
}

async function adopt(
  client: ConsiliumClient,
  projectId: string,
  protocol: ReturnType<TermsToAdopt['extend']>,
): Promise<void> {
  const input = { commandId: randomUUID(), projectId, protocol };
  const { adoptProtocol: answer } = await client.request(adoptProtocol, { input });
  if (answer.__typename === 'ProtocolAdopted') return;
  const [problem] = answer.__typename === 'Invalid' ? answer.problems : [];
  const why = problem === undefined ? answer.message : `${problem.path}: ${problem.message}`;
  throw new CommandFailed('failed', `The vocabulary of the file was not adopted: ${why}.`);
}
