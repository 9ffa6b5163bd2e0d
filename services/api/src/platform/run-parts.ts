import { uuidv5 } from '@consilium/contracts';
import type { CaseId, CommandId } from '@consilium/domain';
import type { Invalid } from '../schema/generated/schema-types.ts';
import { invalidAt } from './refusals.ts';
import type { CommandPorts, ReadyCommand } from './run-command.ts';

const limitMaximum = 1_000;
/** Their appends share trips to the database. */
const casesAtOnce = 8;

export const limitProblem = (limit: number): Invalid | undefined =>
  limit >= 1 && limit <= limitMaximum
    ? undefined
    : invalidAt('limit', 'OUT_OF_RANGE', `a limit is from 1 to ${limitMaximum}`);

interface Parts<Planned> {
  /** In the ids of the parts, which must not meet those of another kind of command under the same id. */
  readonly purpose: string;
  /** As the plan was stored, in the same order each time. */
  readonly cases: readonly Planned[];
  /** How many may be done in this request. */
  readonly limit: number;
}

interface PartOutcome {
  readonly caseId: string;
  /** Null where it was done. */
  readonly why: string | null;
}

export interface PartsOutcome<Outcome> {
  readonly done: number;
  readonly refused: number;
  readonly remaining: number;
  /** In order of their ids. */
  readonly cases: readonly Outcome[];
}

/** The id of the part of a command that is about this case. */
export const partId = (commandId: CommandId, purpose: string, caseId: CaseId): CommandId =>
  uuidv5(commandId, `${purpose}:${caseId}`) as CommandId;

/**
 * Does what a stored plan says about many cases: each case is a command of its own, with an id made of the whole command's id and
 * the case. After a crash the same command finds its plan, and the cases done before answer as they did: the rest is done, and
 * nothing twice.
 */
export async function runParts<Planned extends { readonly caseId: CaseId }, Outcome extends PartOutcome>(
  ports: CommandPorts,
  command: ReadyCommand,
  { purpose, cases: planned, limit }: Parts<Planned>,
  run: (part: ReadyCommand, planned: Planned) => Promise<Outcome>,
): Promise<PartsOutcome<Outcome>> {
  const partFor = ({ caseId }: Planned): ReadyCommand => ({
    ...command,
    commandId: partId(command.commandId, purpose, caseId),
    partOf: command.commandId,
  });
  const runOne = async (one: Planned): Promise<Outcome> => run(partFor(one), one);
  const doneBefore = await inBatches(planned, async (one) => wasDone(ports, partFor(one)));
  const cases = await inBatches(
    planned.filter((_, index) => doneBefore[index] === true),
    runOne,
  );
  const waiting = planned.filter((_, index) => doneBefore[index] !== true);
  // A refused case takes nothing of the limit: else those refused every time would keep the others from their turn.
  for (let left = limit; left > 0 && waiting.length > 0;) {
    const batch = await Promise.all(waiting.splice(0, Math.min(casesAtOnce, left)).map(runOne));
    left -= batch.filter(({ why }) => why === null).length;
    cases.push(...batch);
  }
  const done = cases.filter(({ why }) => why === null).length;
  return {
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

async function wasDone({ store }: CommandPorts, { viewer, commandId }: ReadyCommand): Promise<boolean> {
  const { organisation, personId: actorId } = viewer;
  return (await store.load({ organisation, streams: [], command: { actorId, commandId } })).command !== undefined;
}
