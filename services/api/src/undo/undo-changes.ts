import { uuidv5 } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type { CaseId, CommandId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, invalidAt, notFound, type ReadRefusal } from '../platform/refusals.ts';
import {
  type CommandVerdict,
  type Failure,
  readCommand,
  type ReadyCommand,
  runCommand,
} from '../platform/run-command.ts';
import { projectState, streamOf } from '../platform/stream-state.ts';
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
import { noteOf, noteProblem } from './note-input.ts';
import { scopeHiddenFrom } from './reads-hidden.ts';
import { notUndone, refusalOf } from './undo-obstacle.ts';
import { type UndoScope, undoScopeOf } from './undo-scope.ts';

const limitMaximum = 1_000;
/** Their appends share trips to the database. */
const casesAtOnce = 8;

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
  const undo = async ({ caseId, revision }: PlannedCase): Promise<UndoneCase> =>
    undoCase(ports, partFor(command, caseId), scope, { caseId, revision }, input);
  const planned = plan.cases.map(([caseId, revision]) => ({ caseId: caseId as CaseId, revision }));
  const doneBefore = await inBatches(planned, async ({ caseId }) => wasDone(ports, partFor(command, caseId)));
  const cases = await inBatches(
    planned.filter((_, index) => doneBefore[index] === true),
    undo,
  );
  const waiting = planned.filter((_, index) => doneBefore[index] !== true);
  // A refused case takes nothing of the limit: else those refused every time would keep the others from their turn.
  for (let left = limit; left > 0 && waiting.length > 0;) {
    const batch = await Promise.all(waiting.splice(0, Math.min(casesAtOnce, left)).map(undo));
    left -= batch.filter(({ why }) => why === null).length;
    cases.push(...batch);
  }
  const done = cases.filter(({ why }) => why === null).length;
  return {
    __typename: 'ChangesUndone',
    done,
    refused: cases.length - done,
    remaining: waiting.length,
    cases: cases.toSorted((one, other) => (one.caseId < other.caseId ? -1 : 1)),
  };
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += casesAtOnce) {
    results.push(...(await Promise.all(items.slice(from, from + casesAtOnce).map(run))));
  }
  return results;
}

const limitProblem = (limit: number) =>
  limit >= 1 && limit <= limitMaximum
    ? undefined
    : invalidAt('limit', 'OUT_OF_RANGE', `a limit is from 1 to ${limitMaximum}`);

type PlanRefusal = PreviewStale | ReadsHidden | NotFound;

async function planOf(ports: UndoPorts, command: ReadyCommand, scope: UndoScope, token: string) {
  const { viewer } = command;
  const streamId = streamIdOf('project', scope.projectId);
  const refused = (refusal: PlanRefusal): CommandVerdict<UndoPlan, PlanRefusal> => ({ kind: 'refused', refusal });
  return runCommand<UndoPlan, PlanRefusal>(ports, command, [streamId], async (loaded) => {
    const project = streamOf(loaded, streamId);
    if (projectState(project).status !== 'active') return refused(notFound('project'));
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

/** The part of an undo that is about one case. */
const partFor = (command: ReadyCommand, caseId: CaseId): ReadyCommand => ({
  ...command,
  commandId: uuidv5(command.commandId, `undo:${caseId}`) as CommandId,
  partOf: command.commandId,
});

async function wasDone({ store }: UndoPorts, { viewer, commandId }: ReadyCommand): Promise<boolean> {
  const { organisation, personId: actorId } = viewer;
  return (await store.load({ organisation, streams: [], command: { actorId, commandId } })).command !== undefined;
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
  if (answer.__typename === 'Invalid') return 'subjectErased';
  throw new Error(`${answer.__typename} is no answer to an undo`);
}
