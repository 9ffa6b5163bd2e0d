import { createCipheriv, createHash } from 'node:crypto';
import { type DomainEvent, encodeEvent, type EncodedEvent, mapProtectedTexts, uuidv5 } from '@consilium/contracts';
import {
  assertNever,
  type CommandId,
  type EventId,
  type Instant,
  type OrganisationId,
  type StreamId,
  streamIdOf,
} from '@consilium/domain';
import {
  annotatorId,
  annotatorRegistered,
  annotatorStream,
  caseId,
  caseStream,
  organisationId,
  personId,
  projectCreated,
  projectId,
  projectStream,
  publishedLogStartMs,
  readClaimed,
  readReleased,
  readSkipped,
  wholeCase,
} from '@consilium/testing';
import { RandomSource } from './random-source.ts';
import type { ToldCase } from './told-case.ts';
import {
  adjudicatedCase,
  changedCase,
  discussedCase,
  goldCase,
  lateCase,
  reviewedCase,
  rewordedCase,
} from './workflow-cases.ts';
import { changedAnnotator, parkedDecisions, workflowProject } from './workflow-streams.ts';

export const examLogId = '0e0e0e0e-0000-4000-8000-00000000e4a3';
export const examSize = 500;

/** One event as it is to be appended. */
export interface ExamEvent {
  readonly organisation: OrganisationId;
  readonly streamId: StreamId;
  readonly streamVersion: number;
  readonly actorId: string;
  readonly commandId: CommandId;
  readonly encoded: EncodedEvent;
}

interface Script {
  readonly streamId: StreamId;
  readonly organisation: OrganisationId;
  readonly events: readonly DomainEvent[];
}

/**
 * 500 events, at least one of every type, of some fifty streams of all kinds, of two organisations, their streams running side by side, and to the last
 * byte the same whenever they are made: so a tampering that was missed can be looked at again.
 */
export function examEvents(): readonly ExamEvent[] {
  const random = new RandomSource('the history of the exam');
  const versions = new Map<StreamId, number>();
  const events: ExamEvent[] = [];
  const happen = ({ streamId, organisation }: Script, event: DomainEvent): void => {
    const streamVersion = (versions.get(streamId) ?? 0) + 1;
    versions.set(streamId, streamVersion);
    events.push(encoded(random, events.length + 1, { streamId, organisation, streamVersion, event }));
  };
  for (const script of beginnings()) for (const event of script.events) happen(script, event);
  const running = new Map<number, { readonly script: Script; readonly left: DomainEvent[] }>();
  for (let number = 1; events.length < examSize;) {
    while (running.size < casesAtATime) {
      const script = scriptAt(number);
      running.set(number, { script, left: [...script.events] });
      number += 1;
    }
    const [key, { script, left }] = random.pick([...running]);
    const event = left.shift();
    if (event === undefined) running.delete(key);
    else happen(script, event);
  }
  return events;
}

const casesAtATime = 9;

const ours = organisationId(1);
const theirs = organisationId(2);

function beginnings(): readonly Script[] {
  return [
    { streamId: projectStream(projectId(1)), organisation: ours, events: workflowProject() },
    { streamId: projectStream(projectId(2)), organisation: theirs, events: projectCreated(2) },
    ...[1, 2, 3, 4, 5, 6, 7, 9].map((number) => ({
      streamId: annotatorStream(annotatorId(number)),
      organisation: ours,
      events: number === 3 || number === 4 ? changedAnnotator(number) : [annotatorRegistered(number)],
    })),
    ...[11, 12].map((number) => ({
      streamId: annotatorStream(annotatorId(number)),
      organisation: theirs,
      events: [{ ...annotatorRegistered(number), projectId: projectId(2) } as DomainEvent],
    })),
  ];
}

/** First what goes through the workflow, each twice so that no view has one row alone; then cases of the plainest kind. */
function scriptAt(number: number): Script {
  const script = workflowScripts[number - 1];
  return script === undefined ? caseScript(number) : script(number);
}

const toldScript =
  (tell: (number: number) => ToldCase) =>
  (number: number): Script => ({
    streamId: caseStream(caseId(number)),
    organisation: ours,
    events: tell(number).events,
  });

const parkingScript = (): Script => {
  const stream = caseStream(caseId(1));
  const streamId = streamIdOf('quality', ours);
  return { streamId, organisation: ours, events: parkedDecisions(stream, eventIdAt(stream, 1)) };
};

const workflowScripts: readonly ((number: number) => Script)[] = [
  ...[
    adjudicatedCase,
    reviewedCase,
    rewordedCase,
    (number: number) => goldCase(number, number % 2 === 0),
    lateCase,
    changedCase,
    discussedCase,
  ].flatMap((tell) => [toldScript(tell), toldScript(tell)]),
  parkingScript,
];

/** A case from its import to its consensus; of every four, one was given back by a third reader, and one skipped. */
function caseScript(number: number): Script {
  const [imported, ...rest] = wholeCase(number, { sentences: 1 + (number % 3), boxes: 1 + (number % 2) });
  const third: Readonly<Record<number, readonly DomainEvent[]>> = {
    1: [readClaimed(number, 3), readReleased(number, 3)],
    2: [readClaimed(number, 4), readSkipped(number, 4)],
  };
  const events = [...(imported === undefined ? [] : [imported]), ...(third[number % 4] ?? []), ...rest];
  return {
    streamId: caseStream(caseId(number)),
    organisation: ours,
    events: events.map((event, index) => outcomeOf(number, event, index)),
  };
}

/** A consensus is based on what came before it, and every fifth case has none. */
function outcomeOf(number: number, event: DomainEvent, versionBefore: number): DomainEvent {
  if (event.type !== 'consensusReached') return event;
  return {
    type: number % 5 === 0 ? 'disagreementFound' : 'consensusReached',
    consensus: { ...event.consensus, basedOnVersion: versionBefore },
    disagreements: event.disagreements,
  };
}

function encoded(
  random: RandomSource,
  number: number,
  {
    streamId,
    organisation,
    streamVersion,
    event,
  }: Omit<Script, 'events'> & {
    readonly streamVersion: number;
    readonly event: DomainEvent;
  },
): ExamEvent {
  const eventId = eventIdAt(streamId, streamVersion);
  const commandId = uuidv5(examLogId, `command ${streamId} ${String(streamVersion)}`) as CommandId;
  const at = publishedLogStartMs + number * 1_000 + random.below(1_000);
  const actor = actorOf(event);
  const context = {
    eventId,
    streamId,
    streamVersion,
    organisation,
    actor,
    commandId,
    correlationId: commandId,
    causationId: commandId,
    occurredAt: (at - random.below(400)) as Instant,
    recordedAt: at as Instant,
  };
  return {
    organisation,
    streamId,
    streamVersion,
    actorId: actor.id,
    commandId,
    encoded: { ...encodeEvent(sealed(event, eventId), context), salt: random.bytes(16) },
  };
}

const eventIdAt = (streamId: StreamId, streamVersion: number): EventId =>
  uuidv5(examLogId, `${streamId} ${String(streamVersion)}`) as EventId;

/** Who may have done it, in these histories. */
export function actorOf(event: DomainEvent): Parameters<typeof encodeEvent>[1]['actor'] {
  switch (event.type) {
    case 'readClaimed':
    case 'readReleased':
    case 'readSkipped':
    case 'annotationSubmitted':
    case 'lateAnnotationKept':
    case 'goldClaimed':
    case 'goldReleased':
    case 'goldSkipped':
    case 'goldAnswered':
    case 'goldAmended':
    case 'threadOpened':
    case 'commentAdded':
    case 'commentCorrected':
    case 'commentRetracted':
    case 'threadResolved':
    case 'threadReopened':
      return { id: personId(Number.parseInt(event.annotatorId.slice(-4), 16)), role: 'annotator' };
    case 'readsCompleted':
      return { id: personId(2), role: 'annotator' };
    case 'consensusReached':
    case 'disagreementFound':
    case 'readExpired':
    case 'answersScored':
    case 'alertRaised':
    case 'extraReadRequested':
    case 'adjudicationOpened':
    case 'adjudicationExpired':
      return { id: 'service:quality', role: 'system' };
    case 'adjudicationClaimed':
    case 'adjudicationReleased':
    case 'adjudicationVoted':
    case 'panelSplit':
    case 'adjudicationDecided':
      return { id: personId(3), role: 'adjudicator' };
    case 'reviewOpened':
    case 'reviewClaimed':
    case 'reviewReleased':
    case 'reviewExpired':
    case 'reviewRecorded':
    case 'reviewClosed':
    case 'readPassedOn':
      return { id: personId(4), role: 'reviewer' };
    case 'projectCreated':
    case 'protocolAdopted':
    case 'annotatorRegistered':
    case 'annotatorQualified':
    case 'annotatorDisqualified':
    case 'annotatorPaused':
    case 'annotatorResumed':
    case 'alertAcknowledged':
    case 'alertResolved':
    case 'memberAdded':
    case 'memberRemoved':
    case 'caseProtocolMoved':
    case 'caseImported':
    case 'externalReadRecorded':
    case 'annotationAmended':
    case 'annotationWithdrawn':
    case 'lateAnnotationAccepted':
    case 'lateAnnotationDeclined':
    case 'caseFlagged':
    case 'flagResolved':
    case 'caseAssigned':
    case 'caseUnassigned':
    case 'sentenceCorrected':
    case 'sentenceSplit':
    case 'sentencesMerged':
    case 'annotationOutdated':
    case 'translationQuestioned':
    case 'translationConfirmed':
    case 'readsReopened':
    case 'caseWithdrawn':
    case 'caseReinstated':
    case 'caseExcluded':
    case 'caseIncluded':
    case 'caseFinalised':
    case 'caseReopened':
    case 'goldSet':
    case 'goldCorrected':
    case 'goldRetired':
    case 'parkedStreamRetried':
    case 'parkedEventDiscarded':
      return { id: personId(1), role: 'lead' };
    case 'subjectErased':
      return { id: personId(1), role: 'administrator' };
    default:
      return assertNever(event);
  }
}

/** As `sealText` seals (docs/adr/0002), but with a nonce that is always the same. For tests only. */
function sealed(event: DomainEvent, eventId: string): DomainEvent {
  return mapProtectedTexts(event, (text, field) => {
    if (text.state === 'sealed') return text;
    const context = `${eventId}\0${event.type}\0${field}`;
    const nonce = createHash('sha256').update(context).digest().subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 7), nonce).setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(text.text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return {
      state: 'sealed',
      keyVersion: 1,
      nonce: nonce.toString('base64'),
      ciphertext: ciphertext.toString('base64'),
    };
  });
}
