import type { ProjectFields, WholeCaseFields } from '@consilium/client';

/** Counted while lines are made; the last line carries them, so that a file cut off is noticed. */
export interface ExportCounts {
  readonly cases: number;
  readonly unreadCases: number;
  readonly annotations: number;
  readonly regions: number;
  readonly consensus: number;
}

export const noCounts: ExportCounts = { cases: 0, unreadCases: 0, annotations: 0, regions: 0, consensus: 0 };

const format = 'consilium-export';
const version = 1;

/** The first line: what the file is and how the project is read. */
export function headerLine({ id, name, protocolVersion, protocol, createdAt }: ProjectFields): string {
  return line({ kind: 'header', format, version, project: { id, name, createdAt, protocolVersion, protocol } });
}

/**
 * One case with its sentences, raw reads and consensus. `read` tells a case nobody has submitted from one that was read
 * and has nothing: unlabelled is not empty. Annotator ids are null where the API gives none.
 */
export function caseLine(whole: WholeCaseFields): string {
  const { id, externalKey, subjectId, position, priority, status, importedAt, images, sentences } = whole;
  const { studyKey, previousStudy, clinical } = whole;
  const { readsWanted, annotations, consensus } = whole;
  return line({
    kind: 'case',
    id,
    externalKey,
    subjectId,
    position,
    priority,
    status,
    importedAt,
    studyKey,
    previousStudy,
    clinical,
    read: annotations.length > 0,
    readsWanted,
    readsSubmitted: annotations.length,
    images,
    sentences,
    annotations,
    consensus: consensus === null ? null : { ...consensus, methodParameters: parameters(consensus.methodParameters) },
  });
}

export function countedWith(counts: ExportCounts, { annotations, consensus }: WholeCaseFields): ExportCounts {
  return {
    cases: counts.cases + 1,
    unreadCases: counts.unreadCases + (annotations.length === 0 ? 1 : 0),
    annotations: counts.annotations + annotations.length,
    regions: counts.regions + annotations.reduce((sum, { regions }) => sum + regions.length, 0),
    consensus: counts.consensus + (consensus === null ? 0 : 1),
  };
}

/** The last line. A file without it is not whole. */
export function trailerLine(counts: ExportCounts): string {
  return line({ kind: 'trailer', ...counts });
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** JSON within JSON is opened, so that a reader need not parse twice. */
function parameters(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
