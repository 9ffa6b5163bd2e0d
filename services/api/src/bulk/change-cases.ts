import { streamIdOf } from '@consilium/domain';
import type { CaseId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { invalid, invalidAt, notFound, type ReadRefusal } from '../platform/refusals.ts';
import {
  type CommandVerdict,
  type Failure,
  readCommand,
  type ReadyCommand,
  runCommand,
} from '../platform/run-command.ts';
import { limitProblem, runParts } from '../platform/run-parts.ts';
import { projectFor, streamOf } from '../platform/stream-state.ts';
import { runReadCommand } from '../read/run-read-command.ts';
import type {
  CaseChangeObstacle,
  ChangeCasesInput,
  ChangeCasesResult,
  ChangedCase,
  Invalid,
  NotFound,
  PreviewStale,
  ReadsHidden,
} from '../schema/generated/schema-types.ts';
import { assigneeProblem } from './assignee-problem.ts';
import { changeCommand, changeObstacle } from './case-change.ts';
import { type ChangeScope, changeScopeOf } from './change-scope.ts';
import { type BulkPorts, type ChangePlan, changePurpose, findChanges, previewToken } from './find-changes.ts';

/** First the plan is stored under the command's id, which checks the token of the preview; then each case is a command of its own. */
export async function changeCases(
  ports: BulkPorts,
  viewer: Viewer,
  { limit, ...input }: ChangeCasesInput,
): Promise<ChangeCasesResult> {
  const command = readCommand(ports, viewer, 'changeCases', input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input) ?? limitProblem(limit);
  if (problem !== undefined) return problem;
  const scope = changeScopeOf(ports.identities, viewer, input.of);
  if ('problems' in scope) return invalid(scope.problems.map((each) => ({ ...each, path: `of.${each.path}` })));
  const plan = await planOf(ports, command, scope, input.previewToken);
  if (plan.__typename !== 'ChangePlan') return plan;
  const cases = plan.caseIds.map((caseId) => ({ caseId }));
  const outcome = await runParts(ports, command, { purpose: changePurpose, cases, limit }, async (part, { caseId }) =>
    changeCase(ports, part, scope, caseId, input),
  );
  return { __typename: 'CasesChanged', ...outcome };
}

type PlanRefusal = PreviewStale | ReadsHidden | NotFound | Invalid;

async function planOf(ports: BulkPorts, command: ReadyCommand, scope: ChangeScope, token: string) {
  const { viewer } = command;
  const streamId = streamIdOf('project', scope.projectId);
  const refused = (refusal: PlanRefusal): CommandVerdict<ChangePlan, PlanRefusal> => ({ kind: 'refused', refusal });
  return runCommand<ChangePlan, PlanRefusal>(ports, command, [streamId], async (loaded) => {
    if (projectFor(viewer, streamOf(loaded, streamId)) === undefined) return refused(notFound('project'));
    const annotatorId = ports.identities.annotator(scope.projectId, viewer.personId);
    const hidden = await hiddenFrom(ports.facts, viewer, annotatorId);
    if (hidden !== undefined) return refused(hidden);
    const problem = await assigneeProblem(ports, viewer, scope);
    if (problem !== undefined) return refused(invalidAt('of.annotatorIds', problem.code, problem.message));
    const found = await findChanges(ports, viewer, scope);
    if (found === undefined) return refused(notFound('command'));
    if (previewToken(ports.signatures, viewer, scope, found) !== token) {
      return refused({
        __typename: 'PreviewStale',
        message: 'This is not what the preview showed: something has changed. Nothing was changed: look again.',
      });
    }
    const caseIds = found.items.filter(({ why }) => why === null).map(({ caseId }) => caseId as CaseId);
    return { kind: 'accepted', writes: [], answer: { __typename: 'ChangePlan', caseIds } };
  });
}

interface Changed {
  readonly __typename: 'Changed';
  readonly token: string;
}

interface NotChanged {
  readonly __typename: 'NotChanged';
  readonly why: CaseChangeObstacle;
}

async function changeCase(
  ports: BulkPorts,
  part: ReadyCommand,
  scope: ChangeScope,
  caseId: CaseId,
  input: Pick<ChangeCasesInput, 'reason' | 'note'>,
): Promise<ChangedCase> {
  const { organisation } = part.viewer;
  const { projectId, kind } = scope;
  const answer = await runReadCommand<Changed, NotChanged>(ports, part, caseId, {
    command: async (context) => {
      const readersLeft = kind === 'reopen' ? await ports.readersLeft({ organisation, projectId, caseId }) : 0;
      return { ...changeCommand(scope, { ...context, readersLeft }), ...noteOf(input) };
    },
    answer: () => ({ __typename: 'Changed' }),
    refusal: (refusal) => ({ __typename: 'NotChanged', why: changeObstacle(refusal) }),
    reasonCode: input.reason,
  });
  if (answer.__typename === 'Changed') return { caseId, why: null, token: answer.token };
  return { caseId, why: whyNot(answer), token: null };
}

/** Of a part: somebody else was faster every time, or its decider said no. */
function whyNot(answer: NotChanged | ReadRefusal | Failure): CaseChangeObstacle {
  if (answer.__typename === 'NotChanged') return answer.why;
  if (answer.__typename === 'Contended') return 'contended';
  // The note cannot be sealed any more.
  if (answer.__typename === 'Invalid') return 'subjectErased';
  // The sender was taken off the project's list in the middle of it.
  if (answer.__typename === 'NotFound') return 'changedSince';
  throw new Error(`${answer.__typename} is no answer to a change of many cases`);
}
