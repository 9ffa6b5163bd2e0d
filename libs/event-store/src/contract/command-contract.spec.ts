import { describe, expect, it } from '@jest/globals';
import {
  newAppend,
  newCaseStream,
  newCommandId,
  newEvent,
  newOrganisation,
  sha256Hex,
} from './journal-fixture.spec.ts';
import type { CommandParts, Journal } from './journal-fixture.spec.ts';

export function describeCommands(journal: () => Journal): void {
  const organisation = newOrganisation();

  describe('a command', () => {
    it('is answered once: the same request gets the first answer and writes nothing', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      const command: CommandParts = { organisation, commandId: newCommandId(), answer: '{"first":true}' };
      const write = { streamId, expectedVersion: 0, events: [newEvent()] };
      await store.append(newAppend({ ...command, writes: [write] }));

      // The client lost the first answer and asks again, from the version it knew.
      const again = { ...command, answer: '{"second":true}', writes: [{ ...write, events: [newEvent()] }] };
      await expect(store.append(newAppend(again))).resolves.toEqual({ kind: 'repeated', answer: '{"first":true}' });
      // From the version of now.
      const later = { ...again, writes: [{ streamId, expectedVersion: 1, events: [newEvent()] }] };
      await expect(store.append(newAppend(later))).resolves.toEqual({ kind: 'repeated', answer: '{"first":true}' });
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.version).toBe(1);
    });

    it('gets the first answer after the state moved on', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      const command: CommandParts = { organisation, commandId: newCommandId(), answer: '"first"' };
      const write = (expectedVersion: number) => ({ streamId, expectedVersion, events: [newEvent()] });
      await store.append(newAppend({ ...command, writes: [write(0)] }));
      await store.append(newAppend({ organisation, writes: [write(1)] }));
      for (const expectedVersion of [0, 1, 2]) {
        const outcome = await store.append(newAppend({ ...command, writes: [write(expectedVersion)] }));
        expect(outcome).toEqual({ kind: 'repeated', answer: '"first"' });
      }
      const several = await store.append(
        newAppend({
          ...command,
          writes: [write(2), { streamId: newCaseStream(), expectedVersion: 0, events: [newEvent()] }],
        }),
      );
      expect(several).toEqual({ kind: 'repeated', answer: '"first"' });
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.version).toBe(2);
    });

    it.each([0, 1])('with another request is a mismatch, asked from version %d', async (expectedVersion) => {
      const streamId = newCaseStream();
      const { store } = journal();
      const command: CommandParts = { organisation, commandId: newCommandId(), request: 'one body' };
      await store.append(newAppend({ ...command, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] }));
      const other = {
        ...command,
        request: 'another body',
        writes: [{ streamId, expectedVersion, events: [newEvent()] }],
      };
      await expect(store.append(newAppend(other))).resolves.toEqual({ kind: 'commandMismatch' });
      const { streams } = await store.load({ organisation, streams: [streamId] });
      expect(streams.get(streamId)?.version).toBe(1);
    });

    it('is found by load, with its answer and where it left the streams', async () => {
      const [a, b] = [newCaseStream(), newCaseStream()];
      const { store } = journal();
      const command: CommandParts = { organisation, commandId: newCommandId(), actorId: 'ana', answer: '{"ñ":1}' };
      const writes = [
        { streamId: a, expectedVersion: 0, events: [newEvent(), newEvent()] },
        { streamId: b, expectedVersion: 0, events: [newEvent()] },
      ];
      const { command: key } = newAppend({ ...command, writes });
      await store.append(newAppend({ ...command, writes }));
      const loaded = await store.load({ organisation, streams: [], command: key });
      expect(loaded.command).toEqual({
        requestHash: sha256Hex('a request'),
        answer: '{"ñ":1}',
        streams: [
          { streamId: a, version: 2 },
          { streamId: b, version: 1 },
        ],
      });
    });

    it('belongs to its actor and organisation', async () => {
      const { store } = journal();
      const commandId = newCommandId();
      await store.append(newAppend({ organisation, commandId, actorId: 'ana', answer: '"ana"' }));
      const ben = await store.load({ organisation, streams: [], command: { actorId: 'ben', commandId } });
      expect(ben.command).toBeUndefined();
      const elsewhere = newOrganisation();
      const other = await store.load({ organisation: elsewhere, streams: [], command: { actorId: 'ana', commandId } });
      expect(other.command).toBeUndefined();
      const outcome = await store.append(
        newAppend({ organisation: elsewhere, commandId, actorId: 'ana', request: 'x' }),
      );
      expect(outcome.kind).toBe('appended');
    });

    it('without events stores its answer and leaves every stream as it was', async () => {
      const streamId = newCaseStream();
      const { store } = journal();
      await store.append(newAppend({ organisation, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] }));
      const empty: CommandParts = { organisation, commandId: newCommandId(), answer: '"nothing to do"' };
      await expect(store.append(newAppend(empty))).resolves.toEqual({ kind: 'appended', streams: [] });
      await expect(store.append(newAppend(empty))).resolves.toEqual({ kind: 'repeated', answer: '"nothing to do"' });
      await expect(store.append(newAppend({ ...empty, request: 'other' }))).resolves.toEqual({
        kind: 'commandMismatch',
      });
      // The stream is not wedged: its next event is version 2.
      const next = await store.append(
        newAppend({ organisation, writes: [{ streamId, expectedVersion: 1, events: [newEvent()] }] }),
      );
      expect(next).toEqual({ kind: 'appended', streams: [{ streamId, version: 2 }] });
    });

    it('sent 16 times at once on different streams writes one of them', async () => {
      const { store } = journal();
      const command: CommandParts = { organisation, commandId: newCommandId() };
      const streamIds = Array.from({ length: 16 }, () => newCaseStream());
      const outcomes = await Promise.all(
        streamIds.map((streamId) =>
          store.append(newAppend({ ...command, writes: [{ streamId, expectedVersion: 0, events: [newEvent()] }] })),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'repeated')).toHaveLength(15);
      const { streams } = await store.load({ organisation, streams: streamIds });
      expect([...streams.values()].reduce((sum, { version }) => sum + version, 0)).toBe(1);
    });
  });
}
