import { isUuid } from '@consilium/domain';
import type { CaseId, Problem, ProjectId } from '@consilium/domain';
import { textProblems } from '../platform/text-problems.ts';
import type { ProtocolMoveInput } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** What is to be moved, and where to. */
export interface MoveScope {
  readonly projectId: ProjectId;
  readonly protocolVersion: number;
  readonly from: number | undefined;
  readonly caseIds: readonly CaseId[] | undefined;
}

const casesNamed = 1_000;

export function moveScopeOf(input: ProtocolMoveInput): MoveScope | { readonly problems: readonly Problem[] } {
  const { projectId, protocolVersion, from, caseIds } = input;
  const problems: Problem[] = [...textProblems(input)];
  const refuse = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  if (!isUuid(projectId)) refuse('projectId', 'BAD_ID', 'a project id is a UUID');
  if (protocolVersion < 1) refuse('protocolVersion', 'OUT_OF_RANGE', 'versions count from 1');
  if (isGiven(from) && from < 1) refuse('from', 'OUT_OF_RANGE', 'versions count from 1');
  if (isGiven(from) && from === protocolVersion) refuse('from', 'OUT_OF_RANGE', 'these cases go by that version');
  if (isGiven(caseIds) && (caseIds.length < 1 || caseIds.length > casesNamed)) {
    refuse('caseIds', 'OUT_OF_RANGE', `name 1 to ${casesNamed} cases, or none for all`);
  }
  if (isGiven(caseIds) && !caseIds.every(isUuid)) refuse('caseIds', 'BAD_ID', 'a case id is a UUID');
  if (problems.length > 0) return { problems };
  return {
    projectId: projectId as ProjectId,
    protocolVersion,
    from: isGiven(from) ? from : undefined,
    // The same set is the same, however it was written.
    caseIds: isGiven(caseIds) ? ([...new Set(caseIds)].sort() as CaseId[]) : undefined,
  };
}
