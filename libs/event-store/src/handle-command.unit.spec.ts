import { describe, expect, it } from '@jest/globals';
import { streamIdOf } from '@consilium/domain';
import type { Instant, SubjectId } from '@consilium/domain';
import {
  newCaseId,
  newCaseStream,
  newClaim,
  newCommandId,
  newEvent,
  newOrganisation,
  sha256Hex,
} from './contract/journal-fixture.spec.ts';
import type { AppendOutcome, AppendRequest, EventStore } from './event-store.ts';
import { decideAndAppend } from './handle-command.ts';
import type { CommandToHandle } from './handle-command.ts';
import { InMemoryEventStore } from './in-memory/in-memory-event-store.ts';
import { InvalidAppend } from './store-errors.ts';
import { SubjectErased } from './vault/subject-keys.ts';

const newStore = (): InMemoryEventStore => new InMemoryEventStore({ now: () => 1_000 as Instant });
const organisation = newOrganisation();

const newCommand = (...streams: CommandToHandle['streams']): CommandToHandle => ({
  organisation,
  actorId: 'ana',
  commandId: newCommandId(),
  requestHash: sha256Hex('body'),
  streams,
});

/** The decision to append one event to the command's first stream. */
const appendOne = ({ streams: [streamId] }: CommandToHandle, answer = '"done"') => {
  if (streamId === undefined) throw new Error('the command has no stream');
  return { kind: 'accepted', writes: [{ streamId, events: [newEvent()] }], claims: [], answer } as const;
};

/** Lets something happen between the load and the append of a command. */
const withInterruption = (store: EventStore, interrupt: () => Promise<void>): EventStore => ({
  load: async (request) => store.load(request),
  renewLease: async (request) => store.renewLease(request),
  append: async (request: AppendRequest): Promise<AppendOutcome> => {
    await interrupt();
    return store.append(request);
  },
});

describe('decideAndAppend', () => {
  it('appends what was decided, and answers a repeat without deciding again', async () => {
    const store = newStore();
    const streamId = newCaseStream();
    const command = newCommand(streamId);
    let decisions = 0;
    const decide = () => {
      decisions += 1;
      return appendOne(command, `"decision ${decisions}"`);
    };
    const first = await decideAndAppend(store, command, decide);
    expect(first).toEqual({ kind: 'done', answer: '"decision 1"', repeated: false });
    expect(await decideAndAppend(store, command, decide)).toEqual({
      kind: 'done',
      answer: '"decision 1"',
      repeated: true,
    });
    expect(decisions).toBe(1);
    const { streams } = await store.load({ organisation, streams: [streamId] });
    expect(streams.get(streamId)?.version).toBe(1);
  });

  it('refuses the id of an earlier command for another request, before deciding', async () => {
    const store = newStore();
    const command = newCommand(newCaseStream());
    await decideAndAppend(store, command, () => appendOne(command));
    const other = { ...command, requestHash: sha256Hex('another body') };
    const outcome = await decideAndAppend(store, other, () => {
      throw new Error('it must not be decided');
    });
    expect(outcome).toEqual({ kind: 'commandMismatch' });
  });

  it('decides again where the subject was erased between the decision and the append', async () => {
    const command = newCommand(newCaseStream());
    let isErased = false;
    const store = withInterruption(newStore(), async () => {
      isErased = true;
      throw new SubjectErased(newCaseId() as string as SubjectId);
    });
    const outcome = await decideAndAppend(store, command, () =>
      isErased ? { kind: 'refused', refusal: 'SUBJECT_ERASED' } : appendOne(command),
    );
    expect(outcome).toEqual({ kind: 'refused', refusal: 'SUBJECT_ERASED' });
  });

  it('gives a refusal back and keeps nothing of it, so that the command may be accepted later', async () => {
    const store = newStore();
    const command = newCommand(newCaseStream());
    const refused = await decideAndAppend(store, command, () => ({ kind: 'refused', refusal: 'NOT_YET' }) as const);
    expect(refused).toEqual({ kind: 'refused', refusal: 'NOT_YET' });
    expect(await decideAndAppend(store, command, () => appendOne(command))).toMatchObject({
      kind: 'done',
      repeated: false,
    });
  });

  it('decides again on the new state when another was faster', async () => {
    const store = newStore();
    const streamId = newCaseStream();
    const [mine, other] = [newCommand(streamId), newCommand(streamId)];
    let interruptions = 0;
    const interrupted = withInterruption(store, async () => {
      interruptions += 1;
      if (interruptions === 1) await decideAndAppend(store, other, () => appendOne(other));
    });
    const seen: unknown[] = [];
    const outcome = await decideAndAppend(interrupted, mine, ({ streams }) => {
      seen.push(streams.get(streamId)?.version);
      return appendOne(mine);
    });
    expect(outcome).toMatchObject({ kind: 'done', repeated: false });
    expect(seen).toEqual([0, 1]);
  });

  it('gets the first answer when the same command was faster elsewhere', async () => {
    const store = newStore();
    const command = newCommand(newCaseStream());
    let interruptions = 0;
    const interrupted = withInterruption(store, async () => {
      interruptions += 1;
      if (interruptions === 1) await decideAndAppend(store, command, () => appendOne(command, '"elsewhere"'));
    });
    const outcome = await decideAndAppend(interrupted, command, () => appendOne(command, '"here"'));
    expect(outcome).toEqual({ kind: 'done', answer: '"elsewhere"', repeated: true });
  });

  it('gives up as contended when others are always faster', async () => {
    const store = newStore();
    const streamId = newCaseStream();
    const interrupted = withInterruption(store, async () => {
      const other = newCommand(streamId);
      await decideAndAppend(store, other, () => appendOne(other));
    });
    const mine = newCommand(streamId);
    expect(await decideAndAppend(interrupted, mine, () => appendOne(mine))).toEqual({ kind: 'contended' });
  });

  it.each(['held', 'expired'] as const)(
    'decides a claim that becomes %s again when a lease was renewed meanwhile',
    async (status) => {
      const store = newStore();
      const caseId = newCaseId();
      const streamId = streamIdOf('case', caseId);
      const claim = newClaim(caseId, { leaseEndsAt: 2_000 as Instant });
      const claiming = newCommand(streamId);
      await decideAndAppend(store, claiming, () => ({ ...appendOne(claiming), claims: [claim] }));
      let interruptions = 0;
      const interrupted = withInterruption(store, async () => {
        interruptions += 1;
        if (interruptions === 1) await store.renewLease({ organisation, ...claim, leaseMs: 5_000 });
      });
      const seen: unknown[] = [];
      const taking = newCommand(streamId);
      await decideAndAppend(interrupted, taking, ({ streams }) => {
        seen.push(streams.get(streamId)?.claims[0]?.leaseEndsAt);
        return { ...appendOne(taking), claims: [newClaim(caseId, { status })] };
      });
      expect(seen).toEqual([2_000, 6_000]);
    },
  );

  it('refuses a decision about a stream that it did not load', async () => {
    const store = newStore();
    const command = newCommand();
    const decide = () => ({ ...appendOne(newCommand(newCaseStream())) });
    await expect(decideAndAppend(store, command, decide)).rejects.toThrow(InvalidAppend);
  });
});
