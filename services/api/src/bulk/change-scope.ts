import { isUuid } from '@consilium/domain';
import type { AnnotatorId, CaseId, CaseStatus, CommandId, Problem, ProjectId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import type { Identities } from '../platform/identities.ts';
import { commandIdLength } from '../platform/run-command.ts';
import { textProblems } from '../platform/text-problems.ts';
import type { CaseChangeInput, CaseChangeKind } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** Which cases are to be changed, and how. */
export interface ChangeScope {
  readonly projectId: ProjectId;
  readonly kind: CaseChangeKind;
  readonly status: CaseStatus | undefined;
  readonly caseIds: readonly CaseId[] | undefined;
  /** An earlier change of the same sender. */
  readonly changedBy: CommandId | undefined;
  readonly withReads: boolean;
  /** To whom cases are given, or from whom they are taken; of no other kind. */
  readonly annotatorIds: readonly AnnotatorId[];
}

const casesNamed = 1_000;
const annotatorsNamed = 20;

export function changeScopeOf(
  identities: Identities,
  { personId }: Viewer,
  input: CaseChangeInput,
): ChangeScope | { readonly problems: readonly Problem[] } {
  const { projectId, kind, status, caseIds, changedBy, withReads, annotatorIds } = input;
  const problems: Problem[] = [...textProblems(input)];
  const refuse = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  if (!isUuid(projectId)) refuse('projectId', 'BAD_ID', 'a project id is a UUID');
  const named = [status, caseIds, changedBy].filter(isGiven).length;
  if (named !== 1) refuse('', 'ONE_OF', 'give either a status, or cases, or an earlier command');
  if (isGiven(caseIds) && (caseIds.length < 1 || caseIds.length > casesNamed)) {
    refuse('caseIds', 'OUT_OF_RANGE', `name 1 to ${casesNamed} cases`);
  }
  if (isGiven(caseIds) && !caseIds.every(isUuid)) refuse('caseIds', 'BAD_ID', 'a case id is a UUID');
  if (isGiven(changedBy) && (changedBy === '' || changedBy.length > commandIdLength)) {
    refuse('changedBy', 'BAD_LENGTH', `a command id has 1 to ${commandIdLength} characters`);
  }
  const isAssignment = kind === 'assign' || kind === 'unassign';
  if (isAssignment !== isGiven(annotatorIds)) {
    refuse('annotatorIds', isAssignment ? 'MISSING' : 'ONE_OF', 'cases are given to annotators, or taken from them');
  }
  if (isGiven(annotatorIds) && (annotatorIds.length < 1 || annotatorIds.length > annotatorsNamed)) {
    refuse('annotatorIds', 'OUT_OF_RANGE', `name 1 to ${annotatorsNamed} annotators`);
  }
  if (isGiven(annotatorIds) && !annotatorIds.every(isUuid)) {
    refuse('annotatorIds', 'BAD_ID', 'an annotator id is a UUID');
  }
  if (problems.length > 0) return { problems };
  return {
    projectId: projectId as ProjectId,
    kind,
    status: isGiven(status) ? status : undefined,
    // The same set is the same, however it was written.
    caseIds: isGiven(caseIds) ? ([...new Set(caseIds)].sort() as CaseId[]) : undefined,
    changedBy: isGiven(changedBy) ? identities.command(personId, changedBy) : undefined,
    withReads,
    annotatorIds: [...new Set(annotatorIds ?? [])].sort() as AnnotatorId[],
  };
}
