import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Sealing } from '../seal-store.ts';
import { EpochFenced, SealRefused } from '../store-errors.ts';
import { appendNext, newCaseStream, newOrganisation, sequenceAll } from './journal-fixture.spec.ts';
import type { Journal } from './journal-fixture.spec.ts';

const newHashes = (count: number): readonly Buffer[] => Array.from({ length: count }, () => randomBytes(32));
const inHex = (hashes: readonly Uint8Array[]): readonly string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));

export function describeSeals(journal: () => Journal): void {
  const organisation = newOrganisation();

  /** Appends `count` events, and gives the epoch that may seal, the size sealed so far and that of the log. */
  async function grown(
    count: number,
  ): Promise<{ readonly epoch: number; readonly before: number; readonly size: number }> {
    const { store, lease, log, seals } = journal();
    for (let index = 0; index < count; index += 1) await appendNext(store, organisation, newCaseStream());
    await sequenceAll(journal());
    const held = await lease.acquire('sealer', 0);
    if (held === undefined) throw new Error('the lease is free');
    const before = (await seals.lastCheckpoint())?.size ?? 0;
    return { epoch: held.epoch, before, size: await log.lastGlobalSeq() };
  }

  describe('leaves of the log', () => {
    it('are its numbers and stream hashes, page by page', async () => {
      await grown(5);
      const { log } = journal();
      const events = await log.readAfter(0, 10_000);
      const expected = events.map(({ globalSeq, streamHash }) => [globalSeq, ...inHex([streamHash])]);
      const read: unknown[] = [];
      for (let after = 0; ;) {
        const leaves = await log.leavesAfter(after, 3);
        read.push(...leaves.map(({ globalSeq, streamHash }) => [globalSeq, ...inHex([streamHash])]));
        if (leaves.length === 0) break;
        after = leaves.at(-1)?.globalSeq ?? after;
      }
      expect(read).toEqual(expected);
    });
  });

  describe('seals', () => {
    it('keep a head with its tiles, and tiles as they grow', async () => {
      const { seals } = journal();
      const first = await grown(3);
      const [one, two] = [newHashes(256), newHashes(3)];
      const [index, level] = [first.size, 3];
      await seals.seal(first.epoch, {
        sizeBefore: first.before,
        checkpoint: { size: first.size, note: 'one\n' },
        tiles: [
          { level, index, hashes: one },
          { level, index: index + 1, hashes: two },
        ],
      });
      expect(await seals.lastCheckpoint()).toEqual({ size: first.size, note: 'one\n' });
      expect(inHex(await seals.readTile({ level, index }))).toEqual(inHex(one));
      expect(await seals.readTile({ level, index: index + 2 })).toEqual([]);
      const second = await grown(2);
      expect(second.before).toBe(first.size);
      const longer = [...two, ...newHashes(4)];
      await seals.seal(second.epoch, {
        sizeBefore: second.before,
        checkpoint: { size: second.size, note: 'two\n' },
        tiles: [{ level, index: index + 1, hashes: longer }],
      });
      expect(inHex(await seals.readTile({ level, index: index + 1 }))).toEqual(inHex(longer));
      expect(await seals.checkpointsAfter(first.before, 10)).toEqual([
        { size: first.size, note: 'one\n' },
        { size: second.size, note: 'two\n' },
      ]);
      expect(await seals.checkpointsAfter(first.before, 1)).toHaveLength(1);
      expect(await seals.checkpointsAfter(second.size, 10)).toEqual([]);
    });

    it('refuse what does not come next or changes a tile, and keep nothing of it', async () => {
      const { seals, lease } = journal();
      const start = await grown(4);
      const tile = { level: 4, index: start.size, hashes: newHashes(2) };
      const good: Sealing = {
        sizeBefore: start.before,
        checkpoint: { size: start.size - 1, note: 'good\n' },
        tiles: [tile],
      };
      await seals.seal(start.epoch, good);
      const next: Sealing = {
        sizeBefore: start.size - 1,
        checkpoint: { size: start.size, note: 'next\n' },
        tiles: [{ ...tile, index: tile.index + 1 }],
      };
      const refused: readonly Sealing[] = [
        good,
        { ...next, sizeBefore: start.before },
        { ...next, checkpoint: { size: start.size - 1, note: 'no larger\n' } },
        { ...next, checkpoint: { size: start.size + 1, note: 'beyond the log\n' } },
        { ...next, tiles: [...next.tiles, { ...tile, hashes: newHashes(3) }] },
        { ...next, tiles: [...next.tiles, { ...tile, hashes: tile.hashes.slice(0, 1) }] },
        { ...next, tiles: [{ ...tile, index: tile.index + 1, hashes: [] }] },
        { ...next, tiles: [{ ...tile, index: tile.index + 1, hashes: newHashes(257) }] },
        { ...next, tiles: [{ ...tile, index: tile.index + 1, hashes: [randomBytes(31)] }] },
      ];
      for (const sealing of refused) {
        await expect(seals.seal(start.epoch, sealing)).rejects.toBeInstanceOf(SealRefused);
      }
      expect(await seals.readTile({ level: 4, index: tile.index + 1 })).toEqual([]);
      expect(inHex(await seals.readTile(tile))).toEqual(inHex(tile.hashes));
      const other = await lease.acquire('another', 0);
      await expect(seals.seal(start.epoch, next)).rejects.toBeInstanceOf(EpochFenced);
      await seals.seal(other?.epoch ?? 0, next);
      expect(await seals.lastCheckpoint()).toEqual(next.checkpoint);
    });
  });
}
