import { uuidv5 } from '@consilium/contracts';
import { isUuid, medicalCase, streamIdOf } from '@consilium/domain';
import type { CaseId, CommandId, Instant, ProjectId, SubjectId } from '@consilium/domain';
import { casesOfSubject } from '@consilium/event-store';
import type { CaseOfSubject, SubjectKeys } from '@consilium/event-store';
import type { Session } from '@consilium/postgres';
import { listExportRecipients } from '@consilium/read-model';
import type { Viewer } from '../access/viewer.ts';
import { invalidAt, notFound } from '../platform/refusals.ts';
import {
  type CommandPorts,
  type Failure,
  readCommand,
  type ReadyCommand,
  runCommand,
} from '../platform/run-command.ts';
import { caseState, streamOf } from '../platform/stream-state.ts';
import { isGiven } from '../schema/is-given.ts';
import type {
  EraseSubjectInput,
  EraseSubjectResult,
  Invalid,
  SubjectErased,
} from '../schema/generated/schema-types.ts';

export interface ErasurePorts extends CommandPorts {
  readonly subjectKeys: SubjectKeys;
}

const casesAtATime = 100;

/**
 * One event on every case of the subject. The database destroys the key in the transaction that writes the first of them, so
 * there is no moment at which one is done and the other is not. With more cases than go into one transaction a crash leaves
 * some without their event, but unreadable like all; the same command again goes on.
 */
export async function eraseSubject(
  ports: ErasurePorts,
  session: Session,
  viewer: Viewer,
  input: EraseSubjectInput,
): Promise<EraseSubjectResult> {
  const command = readCommand(ports, viewer, 'eraseSubject', input);
  if ('__typename' in command) return command;
  const subjectId = subjectOf(ports, viewer, input);
  if (typeof subjectId !== 'string') return subjectId;
  const found = await casesOfSubject(session, subjectId);
  const known = found.map(({ caseId }) => caseId);
  if (known.length === 0) return notFound('subject');
  const erasing = { command, subjectId, reasonCode: input.reason, cases: known.length };
  // The client's own command comes last: once it is answered, all is done.
  const [own = [], ...others] = batchesOf(known);
  const failure = await eraseParts(ports, erasing, others);
  if (failure !== undefined) return failure;
  const answer = await eraseBatch(ports, erasing, own);
  if (answer.__typename !== 'SubjectErased') return answer;
  // Whoever imported in the meantime did so under the key that is gone now: those cases get their event as well.
  const late = (await casesOfSubject(session, subjectId))
    .map(({ caseId }) => caseId)
    .filter((caseId) => !known.includes(caseId));
  // If this fails, so does the command: its repeat finds the first answer, and then these cases.
  const lateFailure = await eraseParts(ports, erasing, batchesOf(late));
  if (lateFailure !== undefined) return lateFailure;
  // Looked up each time and never part of the stored answer: recipients are people too.
  const recipients = await listExportRecipients(session, {
    organisation: viewer.organisation,
    since: firstImports(found),
  });
  return { ...answer, recipients };
}

/** When the first case of the subject came into each project. */
function firstImports(cases: readonly CaseOfSubject[]): ReadonlyMap<ProjectId, Instant> {
  const first = new Map<ProjectId, Instant>();
  for (const { projectId, importedAt } of cases) {
    const known = first.get(projectId);
    if (known === undefined || importedAt < known) first.set(projectId, importedAt);
  }
  return first;
}

function subjectOf({ identities }: ErasurePorts, viewer: Viewer, input: EraseSubjectInput): SubjectId | Invalid {
  const { subjectId, subjectKey } = input;
  if (isGiven(subjectId) === isGiven(subjectKey)) {
    return invalidAt('subjectId', 'ONE_OF', 'give either subjectId or subjectKey');
  }
  if (isGiven(subjectKey)) return identities.subject(viewer.organisation, subjectKey);
  return isGiven(subjectId) && isUuid(subjectId)
    ? (subjectId as SubjectId)
    : invalidAt('subjectId', 'NOT_A_UUID', 'a subject id is a UUID in lower case');
}

type Erased = Omit<SubjectErased, 'recipients'>;

interface Erasing {
  readonly command: ReadyCommand;
  readonly subjectId: SubjectId;
  readonly reasonCode: string;
  /** Of the subject, in all batches. */
  readonly cases: number;
}

/** Each batch as a command of its own, whose id the same cases give again. The failure that ended it, if one did. */
async function eraseParts(
  ports: ErasurePorts,
  erasing: Erasing,
  batches: readonly (readonly CaseId[])[],
): Promise<Failure | undefined> {
  for (const batch of batches) {
    const outcome = await eraseBatch(ports, { ...erasing, command: commandOf(erasing.command, batch) }, batch);
    if (outcome.__typename !== 'SubjectErased') return outcome;
  }
  return undefined;
}

async function eraseBatch(
  ports: ErasurePorts,
  { command, subjectId, reasonCode, cases }: Erasing,
  batch: readonly CaseId[],
): Promise<Erased | Failure> {
  const streams = batch.map((caseId) => streamIdOf('case', caseId));
  return runCommand<Erased, never>(ports, command, streams, (loaded) => {
    const writes = streams.map((streamId) => {
      const decision = medicalCase.decide({ type: 'eraseSubject', subjectId }, caseState(streamOf(loaded, streamId)));
      return { streamId, events: decision.ok ? decision.events : [], reasonCode };
    });
    return { kind: 'accepted', writes, answer: { __typename: 'SubjectErased', subjectId, cases } };
    // After a failure too: what became of it is unknown then.
  }).finally(() => ports.subjectKeys.forget());
}

const batchesOf = (caseIds: readonly CaseId[]): readonly (readonly CaseId[])[] =>
  Array.from({ length: Math.ceil(caseIds.length / casesAtATime) }, (_, index) =>
    caseIds.slice(index * casesAtATime, (index + 1) * casesAtATime),
  );

/** The same for the same cases, so that a repeat finds what was done. */
const commandOf = (command: ReadyCommand, batch: readonly CaseId[]): ReadyCommand => ({
  ...command,
  commandId: uuidv5(command.commandId, `erase:${batch.join()}`) as CommandId,
});
