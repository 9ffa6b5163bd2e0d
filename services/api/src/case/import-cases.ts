import { setImmediate as nextTurn } from 'node:timers/promises';
import { fold, isUuid, medicalCase, streamIdOf } from '@consilium/domain';
import type {
  CaseEvent,
  CaseId,
  ExternalRead,
  ImportedCase,
  OrganisationId,
  Problem,
  ProjectId,
  StreamId,
  SubjectId,
} from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import { decodeEvent, isCaseEvent } from '@consilium/contracts';
import { eventStoreLimits, SubjectErased } from '@consilium/event-store';
import type { Claim, Loaded, SubjectKeys } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import { claimChanges } from '../platform/claim-changes.ts';
import type { Identities } from '../platform/identities.ts';
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
import { type ActiveProject, projectFor, streamOf } from '../platform/stream-state.ts';
import type {
  CaseInput,
  CasesImported,
  ImportCasesInput,
  ImportCasesResult,
  ImportedRow,
  NotFound,
} from '../schema/generated/schema-types.ts';
import { questionsAbout } from '../sentence/check-translation.ts';
import { caseContentOf, keyProblems } from './case-content.ts';
import { externalReadsOf } from './external-read-input.ts';

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
    const project = projectFor(viewer, streamOf(loaded, projectStream));
    if (project === undefined) return { kind: 'refused', refusal: notFound('project') };
    const judge = new RowJudge(loaded, ports.identities, viewer.organisation, project);
    const judged: JudgedRow[] = [];
    for (const [index, row] of rows.entries()) {
      judged.push(judge.judge(row, caseIds[index]));
      // Checking long texts takes milliseconds: others are answered between.
      await nextTurn();
    }
    const keys = await ensureKeys(ports, viewer, judged);
    return verdictOf(command, loaded, judged, keys);
  });
}

/** What becomes of a row: it is answered, or what it means is to be written if it can be. */
type JudgedRow =
  | { readonly row: ImportedRow }
  | { readonly content: ImportedCase; readonly streamId: StreamId; readonly events: readonly CaseEvent[] };

/** Judges the rows of a batch in their order; one that stands twice is judged as it would be in a second import. */
class RowJudge {
  readonly #loaded: Loaded;
  readonly #identities: Identities;
  readonly #organisation: OrganisationId;
  readonly #project: ActiveProject;
  readonly #inBatch = new Map<StreamId, readonly CaseEvent[]>();

  constructor(loaded: Loaded, identities: Identities, organisation: OrganisationId, project: ActiveProject) {
    this.#loaded = loaded;
    this.#identities = identities;
    this.#organisation = organisation;
    this.#project = project;
  }

  judge(row: CaseInput, caseId: CaseId | undefined): JudgedRow {
    if (caseId === undefined) throw new Error('a row has no case id');
    const problems = keyProblems(row);
    if (problems.length > 0) return { row: invalidRow(problems) };
    const { projectId, protocolVersion } = this.#project;
    const target = { organisation: this.#organisation, projectId, protocolVersion };
    const reads = externalReadsOf(this.#identities, row, { projectId, caseId });
    if ('problems' in reads) return { row: invalidRow(reads.problems) };
    const content = caseContentOf(this.#identities, row, target);
    return this.#decide(content, reads, streamIdOf('case', caseId));
  }

  #decide(content: ImportedCase, reads: readonly ExternalRead[], streamId: StreamId): JudgedRow {
    const stored = streamOf(this.#loaded, streamId).events.map(decodeEvent).filter(isCaseEvent);
    const before = [...stored, ...(this.#inBatch.get(streamId) ?? [])];
    const state = fold(medicalCase, before);
    // A repeat is not checked again: most rows of a second import are repeats.
    const questions =
      state.status === 'unknown' ? questionsAbout(this.#identities, content.projectId, content.sentences) : [];
    const decision = medicalCase.decide(
      { type: 'importCase', content, questions, reads, protocol: this.#project.protocol },
      state,
    );
    if (decision.ok && decision.events.length > 0) {
      this.#inBatch.set(streamId, decision.events);
      return { content, streamId, events: decision.events };
    }
    if (decision.ok) return { row: { outcome: 'unchanged', caseId: content.caseId, problems: [] } };
    if (decision.refusal.code === 'INVALID_CASE') return { row: invalidRow(decision.refusal.problems) };
    const outcome = decision.refusal.code === 'CASE_WITHDRAWN' ? 'withdrawn' : 'differs';
    return { row: { outcome, caseId: content.caseId, problems: [] } };
  }
}

/** Of the subjects of what is to be written, and of no other; a subject that was erased has none. */
async function ensureKeys(
  { subjectKeys }: ImportPorts,
  { organisation }: Viewer,
  judged: readonly JudgedRow[],
): Promise<ReadonlyMap<SubjectId, DataKey>> {
  const wanted = new Set(judged.flatMap((each) => ('content' in each ? [each.content.subjectId] : [])));
  while (wanted.size > 0) {
    try {
      return await subjectKeys.ensure(organisation, [...wanted]);
    } catch (error) {
      if (!(error instanceof SubjectErased) || !wanted.delete(error.subjectId)) throw error;
    }
  }
  return new Map();
}

function verdictOf(
  command: ReadyCommand,
  loaded: Loaded,
  judged: readonly JudgedRow[],
  keys: ReadonlyMap<SubjectId, DataKey>,
): CommandVerdict<CasesImported, NotFound> {
  const writes: WantedWrite[] = [];
  const claims: Claim[] = [];
  const left = new Map<string, ImportedRow>();
  const rows = judged.map((each): ImportedRow => {
    // A repeat of a row that could not be written was not written either.
    if ('row' in each) return left.get(each.row.caseId ?? '') ?? each.row;
    const { caseId, subjectId } = each.content;
    const write = { streamId: each.streamId, events: each.events, dataKey: keys.get(subjectId) };
    const problem = whyNot(command, loaded, write);
    if (problem === undefined) {
      writes.push(write);
      claims.push(...claimChanges(each.events, [], each.content));
    } else left.set(caseId, invalidRow([problem]));
    return left.get(caseId) ?? { outcome: 'imported', caseId, problems: [] };
  });
  return { kind: 'accepted', writes, claims, answer: { __typename: 'CasesImported', rows } };
}

/** Sealing adds less than this to what is to be sealed, so that short cases are not sealed only to be measured. */
const longestGrowth = 6;

function whyNot(command: ReadyCommand, loaded: Loaded, write: WantedWrite): Problem | undefined {
  if (write.dataKey === undefined) {
    return { path: 'subjectKey', code: 'SUBJECT_ERASED', message: 'this subject was erased' };
  }
  const { eventBytes } = eventStoreLimits;
  if (write.events.every((event) => JSON.stringify(event).length * longestGrowth < eventBytes)) return undefined;
  const isTooLarge = encodeWrite(command, loaded, write).some(
    ({ metaBytes, payloadBytes }) => metaBytes.length + payloadBytes.length > eventBytes,
  );
  return isTooLarge ? { path: '', code: 'TOO_LARGE', message: `the case is more than ${eventBytes} bytes` } : undefined;
}

const invalidRow = (problems: readonly Problem[]): ImportedRow => ({
  outcome: 'invalid',
  caseId: null,
  problems: problems.slice(0, problemsPerRow),
});
