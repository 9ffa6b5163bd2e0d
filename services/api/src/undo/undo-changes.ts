import { streamIdOf } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, notFound, type ReadRefusal } from '../platform/refusals.ts';
import { limitProblem, runParts } from '../platform/run-parts.ts';
import {
  type CommandVerdict,
  type Failure,
  readCommand,
  type ReadyCommand,
  runCommand,
} from '../platform/run-command.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import { runReadCommand } from '../read/run-read-command.ts';
import type {
  NotFound,
  NotUndone,
  PreviewStale,
  ReadsHidden,
  UndoChangesInput,
  UndoChangesResult,
  UndoneCase,
  UndoObstacle,
} from '../schema/generated/schema-types.ts';
import { findUndo, previewToken, undoCommand, type UndoPorts } from './find-undo.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { scopeHiddenFrom } from './undo-hidden.ts';
import { notUndone, refusalOf } from './undo-obstacle.ts';
import { type UndoScope, undoScopeOf } from './undo-scope.ts';

/** What is kept as the answer of the command: which cases it means, fixed before the first is changed. */
interface UndoPlan {
  readonly __typename: 'UndoPlan';
  /** Case id, and for an annotation the revision that counted. At most 1,000, so it fits where answers are kept. */
  readonly cases: readonly (readonly [caseId: string, revision: number])[];
  readonly token: string;
}

interface PlannedCase {
  readonly caseId: CaseId;
  readonly revision: number;
}

/**
 * First the plan is stored under the command's id, which checks the token of the preview; then each case is a command of its
 * own, with an id made of that id and the case. After a crash the same command finds its plan, and the cases done before
 * answer as they did: the rest is done, and nothing twice.
 */
export async function undoChanges(
  ports: UndoPorts,
  viewer: Viewer,
  { limit, ...input }: UndoChangesInput,
): Promise<UndoChangesResult> {
  const command = readCommand(ports, viewer, 'undoChanges', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input) ?? limitProblem(limit);
  if (problem !== undefined) return problem;
  const scope = undoScopeOf(ports.identities, viewer, input.of);
  if ('problems' in scope) return invalid(scope.problems.map((each) => ({ ...each, path: `of.${each.path}` })));
  const plan = await planOf(ports, command, scope, input.previewToken);
  if (plan.__typename !== 'UndoPlan') return plan;
  const cases = plan.cases.map(([caseId, revision]) => ({ caseId: caseId as CaseId, revision }));
  const outcome = await runParts(ports, command, { purpose: 'undo', cases, limit }, async (part, planned) =>
    undoCase(ports, part, scope, planned, input),
  );
  return { __typename: 'ChangesUndone', ...outcome };
}

type PlanRefusal = PreviewStale | ReadsHidden | NotFound;

async function planOf(ports: UndoPorts, command: ReadyCommand, scope: UndoScope, token: string) {
  const { viewer } = command;
  const streamId = streamIdOf('project', scope.projectId);
  const refused = (refusal: PlanRefusal): CommandVerdict<UndoPlan, PlanRefusal> => ({ kind: 'refused', refusal });
  return runCommand<UndoPlan, PlanRefusal>(ports, command, [streamId], async (loaded) => {
    const project = streamOf(loaded, streamId);
    if (projectFor(viewer, project) === undefined) return refused(notFound('project'));
    const hidden = await scopeHiddenFrom(ports, viewer, scope, project);
    if (hidden !== undefined) return refused(hidden);
    const found = await findUndo(ports, viewer, scope);
    if (found === undefined || previewToken(ports.signatures, viewer, scope, found) !== token) {
      return refused({
        __typename: 'PreviewStale',
        message: 'This is not what the preview showed: something has changed. Nothing was changed: look again.',
      });
    }
    const cases = found.items
      .filter(({ why }) => why === null)
      .map(({ caseId, revision }) => [caseId, revision ?? 0] as const);
    return { kind: 'accepted', writes: [], answer: { __typename: 'UndoPlan', cases } };
  });
}

interface CaseUndone {
  readonly __typename: 'CaseUndone';
  readonly token: string;
}

async function undoCase(
  ports: UndoPorts,
  part: ReadyCommand,
  scope: UndoScope,
  { caseId, revision }: PlannedCase,
  input: Omit<UndoChangesInput, 'limit'>,
): Promise<UndoneCase> {
  const answer = await runReadCommand<CaseUndone, NotUndone>(ports, part, caseId, {
    command: (context) => ({ ...undoCommand(scope, revision, context), ...noteOf(input) }),
    answer: () => ({ __typename: 'CaseUndone' }),
    // Whatever else it says, the case is not as it was when the plan was made.
    refusal: (refusal) => refusalOf(refusal) ?? notUndone('changedSince'),
    reasonCode: input.reasonCode,
  });
  if (answer.__typename === 'CaseUndone') return { caseId, why: null, token: answer.token };
  return { caseId, why: whyNot(answer), token: null };
}

/** Of a part of an undo: its note cannot be sealed, somebody else was faster every time, or its decider said no. */
function whyNot(answer: NotUndone | ReadRefusal | Failure): UndoObstacle {
  if (answer.__typename === 'NotUndone') return answer.why;
  if (answer.__typename === 'Contended') return 'contended';
  // The sender was taken off the project's list in the middle of it.
  if (answer.__typename === 'NotFound') return 'changedSince';
  if (answer.__typename === 'Invalid') return 'subjectErased';
  throw new Error(`${answer.__typename} is no answer to an undo`);
}
