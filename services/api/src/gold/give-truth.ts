import { decodeEvent } from '@consilium/contracts';
import { plainText } from '@consilium/domain';
import type { Annotation, AnnotationDraft, AnnotationId, CaseRefusal, GoldSource } from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import { noteOf, noteProblem } from '../platform/note-input.ts';
import { hiddenFrom } from '../platform/reads-hidden.ts';
import { invalid, invalidAt, oneOf } from '../platform/refusals.ts';
import { readCommand, type ReadyCommand } from '../platform/run-command.ts';
import { draftOf } from '../read/annotation-draft.ts';
import { openedAnnotation } from '../read/opened-annotation.ts';
import { type ReadContext, type ReadPorts, runReadCommand } from '../read/run-read-command.ts';
import type {
  CorrectGoldInput,
  GoldGiven,
  GoldResult,
  Invalid,
  ReadsHidden,
  SetGoldInput,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';
import { goldRefusal, type GoldRefusals } from './gold-refusal.ts';

type Refusal = GoldRefusals | ReadsHidden | Invalid;
type TruthInput = SetGoldInput | CorrectGoldInput;

/** Makes a case gold, by a truth from outside or by the decision of its adjudicators. */
export const setGold = async (ports: ReadPorts, viewer: Viewer, input: SetGoldInput): Promise<GoldResult> =>
  give(ports, viewer, 'setGold', input, { type: 'setGold' });

/** What was answered before is held against the corrected truth too. */
export const correctGold = async (ports: ReadPorts, viewer: Viewer, input: CorrectGoldInput): Promise<GoldResult> =>
  give(
    ports,
    viewer,
    'correctGold',
    input,
    { type: 'correctGold', truthVersion: input.truthVersion },
    input.reasonCode,
  );

type Change = { readonly type: 'setGold' } | { readonly type: 'correctGold'; readonly truthVersion: number };

/** By nobody who reads in the project. */
async function give(
  ports: ReadPorts,
  viewer: Viewer,
  name: string,
  input: TruthInput,
  change: Change,
  reasonCode?: string,
): Promise<GoldResult> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const problem = noteProblem(input) ?? noteProblem({ note: input.externalSource ?? null }, 'externalSource');
  if (problem !== undefined) return problem;
  const answer = await runReadCommand<GoldGiven, Refusal>(ports, command, input.caseId, {
    command: async (context) => {
      const hidden = await hiddenFrom(ports.facts, viewer, context.annotatorId);
      if (hidden !== undefined) return hidden;
      const truth = await truthOf(ports, viewer, command, input, context);
      if ('__typename' in truth) return truth;
      return { ...change, ...truth, setBy: context.annotatorId, protocol: context.protocol, ...noteOf(input) };
    },
    answer: (events, { content: { caseId } }) => ({ __typename: 'GoldGiven', caseId, truthVersion: versionIn(events) }),
    refusal: refusalOf,
    ...(reasonCode === undefined ? {} : { reasonCode }),
  });
  return oneOf(
    answer,
    'GoldGiven',
    'NotGold',
    'StaleRevision',
    'ReadsHidden',
    'Invalid',
    'NotFound',
    'CommandIdReused',
    'Contended',
  );
}

interface GivenTruth {
  readonly annotationId: AnnotationId;
  readonly source: GoldSource;
  readonly draft: AnnotationDraft;
}

async function truthOf(
  ports: ReadPorts,
  viewer: Viewer,
  command: ReadyCommand,
  { annotation, externalSource }: TruthInput,
  context: ReadContext,
): Promise<GivenTruth | Invalid> {
  const { identities } = ports;
  const annotationId = identities.truth(context.content.caseId, command.commandId);
  if (isGiven(annotation) !== isGiven(externalSource)) {
    return invalidAt('externalSource', 'MISSING', 'a truth from outside is an annotation and what it is known by');
  }
  if (isGiven(annotation) && isGiven(externalSource)) {
    const draft = draftOf(identities, annotationId, annotation);
    if ('problems' in draft) return invalid(draft.problems);
    return { annotationId, source: { kind: 'external', note: plainText(externalSource) }, draft };
  }
  const decided = decidedIn(context.recorded);
  if (decided === undefined) {
    return invalidAt('annotation', 'MISSING', 'the case was not decided by adjudicators: give the truth');
  }
  const { adjudicationId, vote } = decided;
  // As it stands in the journal, so what the adjudicators said and what is compared are the same.
  const opened = await openedAnnotation(ports, viewer, context, vote.annotation, vote.recorded);
  if (opened === undefined) return invalidAt('', 'SUBJECT_ERASED', 'this subject was erased');
  return { annotationId, source: { kind: 'adjudication', adjudicationId }, draft: opened };
}

interface Vote {
  readonly annotation: Annotation;
  readonly recorded: RecordedEvent;
}

/** The newest decision, and the vote whose answer it took. */
function decidedIn(recorded: readonly RecordedEvent[]) {
  const events = recorded.map((each) => ({ event: decodeEvent(each), recorded: each }));
  const decision = events.findLast(({ event }) => event.type === 'adjudicationDecided')?.event;
  if (decision?.type !== 'adjudicationDecided') return undefined;
  const votes = events.flatMap(({ event, recorded: at }): readonly Vote[] =>
    event.type === 'adjudicationVoted' && event.annotationId === decision.annotationId
      ? [{ annotation: event.annotation, recorded: at }]
      : [],
  );
  const vote = votes.at(-1);
  return vote === undefined ? undefined : { adjudicationId: decision.adjudicationId, vote };
}

function versionIn(events: readonly { readonly type: string }[]): number {
  const given = events.find((event) => 'truthVersion' in event);
  if (given === undefined || !('truthVersion' in given) || typeof given.truthVersion !== 'number') {
    throw new Error('a truth was accepted without its event');
  }
  return given.truthVersion;
}

const refusalOf = (refusal: CaseRefusal): Refusal | undefined =>
  refusal.code === 'INVALID_TRUTH' ? invalid(refusal.problems) : goldRefusal(refusal);
