import { canonicalJson, encodeEvent, isProtectedText, uuidv7 } from '@consilium/contracts';
import type { DataKey, DomainEvent, EncodedEvent, JsonValue } from '@consilium/contracts';
import { assertNever } from '@consilium/domain';
import type { CommandId, EventId, Instant, StreamId } from '@consilium/domain';
import { decideAndAppend, eventStoreLimits, EventTooLarge } from '@consilium/event-store';
import type { Claim, EventStore, Loaded } from '@consilium/event-store';
import { passFailpoint } from '@consilium/runtime';
import type { Viewer } from '../access/viewer.ts';
import type { CommandIdReused, Contended, Invalid } from '../schema/generated/schema-types.ts';
import { makeChangeToken } from './change-token.ts';
import type { Identities } from './identities.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { commandIdReused, contended, invalid, invalidAt } from './refusals.ts';
import { streamOf } from './stream-state.ts';
import { textProblems } from './text-problems.ts';

/** What running a command needs of the outside. */
export interface CommandPorts {
  readonly store: EventStore;
  readonly identities: Identities;
  /** Under the key of cursors and tokens. */
  readonly signatures: KeyedHash;
}

/** A command that may be decided: its sender and id are known, its texts can be stored. */
export interface ReadyCommand {
  readonly viewer: Viewer;
  readonly commandId: CommandId;
  readonly requestHash: string;
  /** The command that this one is a part of, if it is. */
  readonly partOf?: CommandId;
}

/** Characters, as a client gives it. */
export const commandIdLength = 200;

/** Checks what holds for every command alike. */
export function readCommand(
  { identities }: CommandPorts,
  viewer: Viewer,
  operation: string,
  input: { readonly commandId: string },
): ReadyCommand | Invalid {
  const problems = textProblems(input);
  if (problems.length > 0) return invalid(problems);
  if (input.commandId === '' || input.commandId.length > commandIdLength) {
    return invalidAt('commandId', 'BAD_LENGTH', `a command id has 1 to ${commandIdLength} characters`);
  }
  const request = canonicalJson({ operation, input: input as unknown as JsonValue });
  return {
    viewer,
    commandId: identities.command(viewer.personId, input.commandId),
    requestHash: identities.contentHash('request', request),
  };
}

export interface WantedWrite {
  readonly streamId: StreamId;
  /** May be empty: the stream then stays as it is. */
  readonly events: readonly DomainEvent[];
  /** Of the subject, where the events hold free text. */
  readonly dataKey?: DataKey | undefined;
  readonly reasonCode?: string;
}

export type CommandVerdict<Success, Refusal> =
  | {
      readonly kind: 'accepted';
      readonly writes: readonly WantedWrite[];
      readonly claims?: readonly Claim[];
      readonly answer: Omit<Success, 'token'>;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type Failure = Invalid | CommandIdReused | Contended;

/**
 * Runs one command: an answer given before is given again, else it is decided on what is loaded and appended. `decide` may
 * run several times. After a StoreUnavailable the client sends the same command again and learns what became of it.
 */
export async function runCommand<Success, Refusal>(
  ports: CommandPorts,
  command: ReadyCommand,
  streams: readonly StreamId[],
  decide: (loaded: Loaded) => Promise<CommandVerdict<Success, Refusal>> | CommandVerdict<Success, Refusal>,
): Promise<Success | Refusal | Failure> {
  const { viewer, commandId, requestHash } = command;
  const { organisation, personId: actorId } = viewer;
  const outcome = await decideAndAppend(
    ports.store,
    { organisation, actorId, commandId, requestHash, streams },
    async (loaded) => {
      const verdict = await decide(loaded);
      if (verdict.kind === 'refused') return verdict;
      const writes = verdict.writes
        .filter(({ events }) => events.length > 0)
        .map((write) => ({ streamId: write.streamId, events: encodeWrite(command, loaded, write) }));
      return { kind: 'accepted', writes, claims: verdict.claims ?? [], answer: JSON.stringify(verdict.answer) };
    },
  ).catch(tooLarge);
  switch (outcome.kind) {
    case 'done':
      passFailpoint('command.answering');
      // Only this function stores answers of this command: it is the Success it was made from.
      return {
        ...(JSON.parse(outcome.answer) as Omit<Success, 'token'>),
        token: makeChangeToken(ports.signatures, viewer, commandId),
      } as Success;
    case 'refused':
      return outcome.refusal;
    case 'commandMismatch':
      return commandIdReused();
    case 'contended':
      return contended();
    case 'tooLarge':
      return invalidAt('', 'TOO_LARGE', `it makes an event of more than ${eventStoreLimits.eventBytes} bytes`);
    default:
      return assertNever(outcome);
  }
}

function tooLarge(error: unknown): { readonly kind: 'tooLarge' } {
  if (error instanceof EventTooLarge) return { kind: 'tooLarge' };
  throw error;
}

/** The events in their final bytes, at the versions that follow what was loaded. */
export function encodeWrite(command: ReadyCommand, loaded: Loaded, write: WantedWrite): readonly EncodedEvent[] {
  const { version } = streamOf(loaded, write.streamId);
  return write.events.map((event, index) =>
    encodeEvent(event, contextOf(command, loaded.now, write, version + 1 + index), write.dataKey),
  );
}

function contextOf(
  { viewer, commandId, partOf }: ReadyCommand,
  now: Instant,
  { streamId, reasonCode }: WantedWrite,
  streamVersion: number,
): Parameters<typeof encodeEvent>[1] {
  return {
    eventId: uuidv7(now) as EventId,
    streamId,
    streamVersion,
    organisation: viewer.organisation,
    actor: { id: viewer.personId, role: viewer.role },
    ...(reasonCode === undefined ? {} : { reasonCode }),
    commandId,
    correlationId: partOf ?? commandId,
    causationId: commandId,
    occurredAt: now,
    recordedAt: now,
  };
}

/** Whether anything in these events must be sealed: only then is the subject's key fetched. */
export function holdsText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isProtectedText(value) || Object.values(value).some(holdsText);
}
