import { fold, isUuid, medicalCase, streamIdOf } from '@consilium/domain';
import type { CaseId, ImportedCase, Problem, ProjectId, StreamId, SubjectId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import { decodeEvent, isCaseEvent } from '@consilium/contracts';
import { eventStoreLimits, SubjectErased } from '@consilium/event-store';
import type { Loaded, SubjectKeys } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import { invalidAt, notFound } from '../platform/refusals.ts';
import {
  type CommandPorts,
  type CommandVerdict,
  encodeWrite,
  readCommand,
  type ReadyCommand,
  runCommand,
  type WantedWrite,
} from '../platform/run-command.ts';
import { projectState, streamOf } from '../platform/stream-state.ts';
import type {
  CaseInput,
  CasesImported,
  ImportCasesInput,
  ImportCasesResult,
  ImportedRow,
  NotFound,
} from '../schema/generated/schema-types.ts';
import { caseContentOf, keyProblems } from './case-content.ts';

const rowsMaximum = 100;
/** So that the answer about 100 faulty rows still fits where answers are kept. */
const problemsPerRow = 3;

export interface ImportPorts extends CommandPorts {
  readonly subjectKeys: SubjectKeys;
}

/** Rows are judged one by one: a faulty one is reported and stops no other. All that are new come in at once. */
export async function importCases(
  ports: ImportPorts,
  viewer: Viewer,
  input: ImportCasesInput,
): Promise<ImportCasesResult> {
  const { projectId, cases: rows } = input;
  if (rows.length < 1 || rows.length > rowsMaximum) {
    return invalidAt('cases', 'OUT_OF_RANGE', `give 1 to ${rowsMaximum} cases at a time`);
  }
  const command = readCommand(ports, viewer, 'importCases', input);
  if ('__typename' in command) return command;
  if (!isUuid(projectId)) return notFound('project');
  const caseIds = rows.map(({ externalKey }) => ports.identities.case(projectId as ProjectId, externalKey));
  const projectStream = streamIdOf('project', projectId);
  const streams = [projectStream, ...new Set(caseIds.map((caseId) => streamIdOf('case', caseId)))];
  return runCommand<CasesImported, NotFound>(ports, command, streams, async (loaded) => {
    const project = projectState(streamOf(loaded, projectStream));
    if (project.status !== 'active') return { kind: 'refused', refusal: notFound('project') };
    const target = { ...viewer, projectId: project.projectId, protocolVersion: project.protocolVersion };
    const keys = await ensureKeys(ports, viewer, rows);
    const batch = new ImportBatch(command, loaded, keys);
    return batch.verdict(
      rows.map((row, index) => batch.judge(row, () => caseContentOf(ports.identities, row, target), caseIds[index])),
    );
  });
}

/** Of every subject in the batch; a subject that was erased has none. */
async function ensureKeys(
  { identities, subjectKeys }: ImportPorts,
  { organisation }: Viewer,
  rows: readonly CaseInput[],
): Promise<ReadonlyMap<SubjectId, DataKey>> {
  const wanted = new Set(rows.map(({ subjectKey }) => identities.subject(organisation, subjectKey)));
  while (wanted.size > 0) {
    try {
      return await subjectKeys.ensure(organisation, [...wanted]);
    } catch (error) {
      if (!(error instanceof SubjectErased) || !wanted.delete(error.subjectId)) throw error;
    }
  }
  return new Map();
}

/** One decision about a batch: what each row becomes, and the events of those that are new. */
class ImportBatch {
  readonly #command: ReadyCommand;
  readonly #loaded: Loaded;
  readonly #keys: ReadonlyMap<SubjectId, DataKey>;
  readonly #writes = new Map<StreamId, WantedWrite>();

  constructor(command: ReadyCommand, loaded: Loaded, keys: ReadonlyMap<SubjectId, DataKey>) {
    this.#command = command;
    this.#loaded = loaded;
    this.#keys = keys;
  }

  judge(row: CaseInput, contentOf: () => ImportedCase, caseId: CaseId | undefined): ImportedRow {
    if (caseId === undefined) throw new Error('a row has no case id');
    const problems = keyProblems(row);
    return problems.length > 0 ? invalidRow(problems) : this.#decide(contentOf(), streamIdOf('case', caseId));
  }

  #decide(content: ImportedCase, streamId: StreamId): ImportedRow {
    const before = streamOf(this.#loaded, streamId).events.map(decodeEvent).filter(isCaseEvent);
    // A row that stands twice in the batch is judged as it would be in a second import.
    const inBatch = (this.#writes.get(streamId)?.events ?? []).filter(isCaseEvent);
    const decision = medicalCase.decide({ type: 'importCase', content }, fold(medicalCase, [...before, ...inBatch]));
    if (!decision.ok) {
      return decision.refusal.code === 'INVALID_CASE'
        ? invalidRow(decision.refusal.problems)
        : { outcome: 'differs', caseId: content.caseId, problems: [] };
    }
    if (decision.events.length === 0) return { outcome: 'unchanged', caseId: content.caseId, problems: [] };
    const dataKey = this.#keys.get(content.subjectId);
    if (dataKey === undefined) {
      return invalidRow([{ path: 'subjectKey', code: 'SUBJECT_ERASED', message: 'this subject was erased' }]);
    }
    const write = { streamId, events: decision.events, dataKey };
    if (this.#isTooLarge(write)) {
      const message = `the case is more than ${eventStoreLimits.eventBytes} bytes`;
      return invalidRow([{ path: '', code: 'TOO_LARGE', message }]);
    }
    this.#writes.set(streamId, write);
    return { outcome: 'imported', caseId: content.caseId, problems: [] };
  }

  #isTooLarge(write: WantedWrite): boolean {
    return encodeWrite(this.#command, this.#loaded, write).some(
      ({ metaBytes, payloadBytes }) => metaBytes.length + payloadBytes.length > eventStoreLimits.eventBytes,
    );
  }

  verdict(rows: readonly ImportedRow[]): CommandVerdict<CasesImported, NotFound> {
    return {
      kind: 'accepted',
      writes: [...this.#writes.values()],
      answer: { __typename: 'CasesImported', rows },
    };
  }
}

const invalidRow = (problems: readonly Problem[]): ImportedRow => ({
  outcome: 'invalid',
  caseId: null,
  problems: problems.slice(0, problemsPerRow),
});
