import { streamIdOf } from '@consilium/domain';
import type { CaseId, Protocol } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
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
  Invalid,
  MovedCase,
  MoveProtocolInput,
  MoveProtocolResult,
  NotFound,
  PreviewStale,
  ProtocolMoveObstacle,
  ReadsHidden,
} from '../schema/generated/schema-types.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { findMoves, moveCommand, moveObstacle, type MovePorts, previewToken } from './find-moves.ts';
import { type MoveScope, moveScopeOf } from './move-scope.ts';

/** What is kept as the answer of the command: which cases it means, fixed before the first is moved. */
interface MovePlan {
  readonly __typename: 'MovePlan';
  /** Case id and the version it went by. At most 1,000, so it fits where answers are kept. */
  readonly cases: readonly (readonly [caseId: string, from: number])[];
  readonly token: string;
}

/** First the plan is stored under the command's id, which checks the token of the preview; then each case is a command of its own. */
export async function moveProtocol(
  ports: MovePorts,
  viewer: Viewer,
  { limit, ...input }: MoveProtocolInput,
): Promise<MoveProtocolResult> {
  const command = readCommand(ports, viewer, 'moveProtocol', input);
  if ('__typename' in command) return command;
  const problem = limitProblem(limit);
  if (problem !== undefined) return problem;
  const scope = moveScopeOf(input.of);
  if ('problems' in scope) return invalid(scope.problems.map((each) => ({ ...each, path: `of.${each.path}` })));
  const { projectId, protocolVersion } = scope;
  const protocol = await ports.facts.protocol(viewer.organisation, projectId, protocolVersion);
  const plan = await planOf(ports, command, scope, input.previewToken);
  if (plan.__typename !== 'MovePlan') return plan;
  if (protocol === undefined) throw new Error('a plan was made for a version that is not there');
  const cases = plan.cases.map(([caseId, from]) => ({ caseId: caseId as CaseId, from }));
  const outcome = await runParts(ports, command, { purpose: 'move', cases, limit }, async (part, planned) =>
    moveCase(ports, part, scope, protocol, planned),
  );
  return { __typename: 'ProtocolMoved', ...outcome };
}

type PlanRefusal = PreviewStale | ReadsHidden | NotFound | Invalid;

async function planOf(ports: MovePorts, command: ReadyCommand, scope: MoveScope, token: string) {
  const { viewer } = command;
  const streamId = streamIdOf('project', scope.projectId);
  const refused = (refusal: PlanRefusal): CommandVerdict<MovePlan, PlanRefusal> => ({ kind: 'refused', refusal });
  return runCommand<MovePlan, PlanRefusal>(ports, command, [streamId], async (loaded) => {
    if (projectFor(viewer, streamOf(loaded, streamId)) === undefined) return refused(notFound('project'));
    const annotatorId = ports.identities.annotator(scope.projectId, viewer.personId);
    const hidden = await hiddenFrom(ports.facts, viewer, annotatorId);
    if (hidden !== undefined) return refused(hidden);
    const found = await findMoves(ports, viewer, scope);
    if (found === undefined) {
      return refused(invalidAt('of.protocolVersion', 'UNKNOWN_VERSION', 'the project has no such version'));
    }
    if (previewToken(ports.signatures, viewer, scope, found) !== token) {
      return refused({
        __typename: 'PreviewStale',
        message: 'This is not what the preview showed: something has changed. Nothing was changed: look again.',
      });
    }
    const cases = found.items.filter(({ why }) => why === null).map(({ caseId, from }) => [caseId, from] as const);
    return { kind: 'accepted', writes: [], answer: { __typename: 'MovePlan', cases } };
  });
}

interface CaseMoved {
  readonly __typename: 'CaseMoved';
  readonly token: string;
}

interface NotMoved {
  readonly __typename: 'NotMoved';
  readonly why: ProtocolMoveObstacle;
}

async function moveCase(
  ports: MovePorts,
  part: ReadyCommand,
  scope: MoveScope,
  protocol: Protocol,
  { caseId, from }: { readonly caseId: CaseId; readonly from: number },
): Promise<MovedCase> {
  const notMoved = (why: ProtocolMoveObstacle): NotMoved => ({ __typename: 'NotMoved', why });
  const answer = await runReadCommand<CaseMoved, NotMoved>(ports, part, caseId, {
    command: (context) => {
      const { state } = context;
      const isElsewhere =
        state.status !== 'unknown' && state.protocolVersion !== from && state.protocolVersion !== scope.protocolVersion;
      return isElsewhere ? notMoved('changedSince') : moveCommand(scope, protocol, context);
    },
    answer: () => ({ __typename: 'CaseMoved' }),
    refusal: (refusal) => notMoved(moveObstacle(refusal)),
  });
  if (answer.__typename === 'CaseMoved') return { caseId, why: null, token: answer.token };
  return { caseId, why: whyNot(answer), token: null };
}

/** Of a part of a move: somebody else was faster every time, or its decider said no. */
function whyNot(answer: NotMoved | ReadRefusal | Failure): ProtocolMoveObstacle {
  if (answer.__typename === 'NotMoved') return answer.why;
  if (answer.__typename === 'Contended') return 'contended';
  // The sender was taken off the project's list in the middle of it.
  if (answer.__typename === 'NotFound') return 'changedSince';
  throw new Error(`${answer.__typename} is no answer to a move`);
}
