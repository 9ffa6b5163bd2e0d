import { assertNever, streamIdOf } from '@consilium/domain';
import type { CommandId, OrganisationId, StreamId } from '@consilium/domain';
import { isLease } from './event-store.ts';
import type { AppendOutcome, AppendRequest, Claim, EventStore, Loaded, StreamWrite } from './event-store.ts';
import { InvalidAppend } from './store-errors.ts';
import { SubjectErased } from './vault/subject-keys.ts';
import type { EncodedEvent } from '@consilium/contracts';
import { passFailpoint } from '@consilium/runtime';

export interface CommandToHandle {
  readonly organisation: OrganisationId;
  readonly actorId: string;
  readonly commandId: CommandId;
  /** SHA-256 of the whole request, 64 hex digits. */
  readonly requestHash: string;
  /** Everything the decision reads, 0 to 200. */
  readonly streams: readonly StreamId[];
}

export type CommandDecision<Refusal> =
  | {
      readonly kind: 'accepted';
      /** Streams that were loaded; without writes the answer alone is stored. */
      readonly writes: readonly { readonly streamId: StreamId; readonly events: readonly EncodedEvent[] }[];
      readonly claims: readonly Claim[];
      /** JSON text, kept for repeats of this command. */
      readonly answer: string;
    }
  /** Not stored: the same command may be accepted later. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type CommandOutcome<Refusal> =
  | { readonly kind: 'done'; readonly answer: string; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The command id was used for another request. */
  | { readonly kind: 'commandMismatch' }
  /** Others were faster every time; the caller may try again with the same command id. */
  | { readonly kind: 'contended' };

const maxAttempts = 8;
const shortestPauseMs = 2;
const longestPauseMs = 100;

/**
 * Runs one command: looks for an earlier answer, decides, appends, and decides again when others were faster. `decide` may
 * run several times, each time on what was just loaded, and must have no effect of its own.
 *
 * After StoreUnavailable the command may or may not have been written; running it again with the same id is safe.
 * @throws EventTooLarge, InvalidAppend, StoreUnavailable, and whatever `decide` throws
 */
export async function decideAndAppend<Refusal>(
  store: EventStore,
  command: CommandToHandle,
  decide: (loaded: Loaded) => CommandDecision<Refusal> | Promise<CommandDecision<Refusal>>,
): Promise<CommandOutcome<Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(store, command, decide);
    if (outcome.kind !== 'contended' || attempt === maxAttempts) return outcome;
    await pause(attempt);
  }
}

async function attemptOnce<Refusal>(
  store: EventStore,
  { organisation, actorId, commandId, requestHash, streams }: CommandToHandle,
  decide: (loaded: Loaded) => CommandDecision<Refusal> | Promise<CommandDecision<Refusal>>,
): Promise<CommandOutcome<Refusal>> {
  const loaded = await store.load({ organisation, streams, command: { actorId, commandId } });
  if (loaded.command !== undefined) {
    return loaded.command.requestHash === requestHash
      ? { kind: 'done', answer: loaded.command.answer, repeated: true }
      : { kind: 'commandMismatch' };
  }
  passFailpoint('command.loaded');
  const decision = await decide(loaded);
  if (decision.kind === 'refused') return decision;
  passFailpoint('command.decided');
  const { claims, answer } = decision;
  const outcome = await appendUnlessErased(store, {
    organisation,
    command: { actorId, commandId, requestHash, answer },
    writes: decision.writes.map(({ streamId, events }) => writeUpon(loaded, streamId, events, claims)),
    claims,
  });
  switch (outcome.kind) {
    case 'appended':
      return { kind: 'done', answer, repeated: false };
    case 'repeated':
      return { kind: 'done', answer: outcome.answer, repeated: true };
    case 'commandMismatch':
      return outcome;
    case 'conflict':
    case 'subjectErased':
      return { kind: 'contended' };
    default:
      return assertNever(outcome);
  }
}

/** A subject who was erased since the decision: whoever decides again finds no key, and says so in their own words. */
async function appendUnlessErased(
  store: EventStore,
  request: AppendRequest,
): Promise<AppendOutcome | { readonly kind: 'subjectErased' }> {
  try {
    return await store.append(request);
  } catch (error) {
    if (error instanceof SubjectErased) return { kind: 'subjectErased' };
    throw error;
  }
}

/** A decision that ends a lease or fills a place counted on what it saw of the leases; others do not depend on renewals. */
function writeUpon(
  loaded: Loaded,
  streamId: StreamId,
  events: readonly EncodedEvent[],
  claims: readonly Claim[],
): StreamWrite {
  const stream = loaded.streams.get(streamId);
  if (stream === undefined) throw new InvalidAppend('the decision writes a stream that was not loaded');
  const counted = claims.some(
    ({ caseId, status }) => streamIdOf('case', caseId) === streamId && (isLease(status) || status === 'expired'),
  );
  const write = { streamId, expectedVersion: stream.version, events };
  return counted ? { ...write, claimsSeen: stream.claims } : write;
}

/** Grows with each attempt and differs between those who met. */
async function pause(attempt: number): Promise<void> {
  const ceilingMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** attempt);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * ceilingMs));
}
