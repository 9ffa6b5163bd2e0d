import type { AdjudicationId, CaseCommand, CaseId, CaseRefusal, OrganisationId, ProjectId } from '@consilium/domain';
import { uuidv5 } from '@consilium/contracts';
import type { Viewer } from '../access/viewer.ts';
import { oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import { type ReadContext, type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  CaseFinished,
  FinishCaseInput,
  FinishCaseResult,
  FinishObstacle,
  NotFinished,
  ReadsHidden,
} from '../schema/generated/schema-types.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';

export interface FinishPorts extends ReadPorts {
  /** Annotators of the project who have had no part in a case. */
  readonly readersLeft: (query: {
    readonly organisation: OrganisationId;
    readonly projectId: ProjectId;
    readonly caseId: CaseId;
  }) => Promise<number>;
}

export const requestAdjudication = async (
  ports: FinishPorts,
  viewer: Viewer,
  input: FinishCaseInput,
): Promise<FinishCaseResult> =>
  finish(ports, viewer, 'requestAdjudication', input, ({ commandId }, { content, at, leases, protocol }) => ({
    type: 'requestAdjudication',
    adjudicationId: uuidv5(content.caseId, `adjudication:${commandId}`) as AdjudicationId,
    at,
    leases,
    protocol,
    ...noteOf(input),
  }));

export const finaliseCase = async (
  ports: FinishPorts,
  viewer: Viewer,
  input: FinishCaseInput,
): Promise<FinishCaseResult> =>
  finish(ports, viewer, 'finaliseCase', input, () => ({ type: 'finaliseCase', ...noteOf(input) }));

export const reopenCase = async (
  ports: FinishPorts,
  viewer: Viewer,
  input: FinishCaseInput,
): Promise<FinishCaseResult> =>
  finish(ports, viewer, 'reopenCase', input, async (_command, { content: { projectId, caseId }, protocol }) => ({
    type: 'reopenForReading',
    readersLeft: await ports.readersLeft({ organisation: viewer.organisation, projectId, caseId }),
    protocol,
    ...noteOf(input),
  }));

/** What every such command names: the case, and why, by a code of its own. */
interface FinishInput extends Omit<FinishCaseInput, 'reason'> {
  readonly reason: string;
}

/** With a reason, and by nobody who reads in the project: what can be done to a case tells how others have read it. */
export async function finish(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: FinishInput,
  make: (command: ReadyCommand, context: ReadContext) => CaseCommand | Promise<CaseCommand>,
): Promise<FinishCaseResult> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input);
  if (problem !== undefined) return problem;
  const answer = await runReadCommand<CaseFinished, NotFinished | ReadsHidden>(ports, command, input.caseId, {
    command: async (context) =>
      (await hiddenFrom(ports.facts, viewer, context.annotatorId)) ?? (await make(command, context)),
    answer: (_events, { content }) => ({ __typename: 'CaseFinished', caseId: content.caseId }),
    refusal: notFinished,
    reasonCode: input.reason,
  });
  return oneOf(
    answer,
    'CaseFinished',
    'NotFinished',
    'ReadsHidden',
    'NotFound',
    'Invalid',
    'CommandIdReused',
    'Contended',
  );
}

const words: Readonly<Record<FinishObstacle, string>> = {
  wrongStatus: 'The status of the case allows no such step.',
  noMoreReads: 'The case has all reads that its protocol allows, or nobody is left to read it.',
  caseWithdrawn: 'The case is withdrawn.',
  caseFinalised: 'The case is final: reopen it first.',
  caseExcluded: 'The case is excluded: include it first.',
  reviewOpen: 'A read of it is being reviewed: wait for that, or waive it.',
  translationUnfaithful: 'Its adjudicators called a translation unfaithful: correct the sentence first.',
};

export const finishObstacles: Partial<Record<CaseRefusal['code'], FinishObstacle>> = {
  WRONG_STATUS: 'wrongStatus',
  NO_MORE_READS: 'noMoreReads',
  CASE_WITHDRAWN: 'caseWithdrawn',
  CASE_FINALISED: 'caseFinalised',
  CASE_EXCLUDED: 'caseExcluded',
  REVIEW_OPEN: 'reviewOpen',
  TRANSLATION_UNFAITHFUL: 'translationUnfaithful',
};

function notFinished({ code }: CaseRefusal): NotFinished | undefined {
  const why = finishObstacles[code];
  return why === undefined
    ? undefined
    : { __typename: 'NotFinished', message: `${words[why]} Nothing was changed.`, why };
}
