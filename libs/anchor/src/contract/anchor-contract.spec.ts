import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Anchor, AnchoredHead } from '../anchor.ts';
import { AnchorConflict } from '../anchor.ts';

export interface AnchorFixture {
  readonly anchor: Anchor;
  /** Puts something there that is no head. */
  readonly addStranger: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const head = (size: number, note = `note of ${String(size)}\n`): AnchoredHead => ({ size, note });

export async function allHeads(
  anchor: Anchor,
  onStranger = (_name: string): void => undefined,
): Promise<readonly AnchoredHead[]> {
  const heads: AnchoredHead[] = [];
  for await (const one of anchor.heads(onStranger)) heads.push(one);
  return heads;
}

/** What every anchor does, whatever it is made of. */
export function anchorContract(name: string, open: () => Promise<AnchorFixture>): void {
  describe(name, () => {
    let fixture: AnchorFixture;
    let anchor: Anchor;

    beforeEach(async () => {
      fixture = await open();
      ({ anchor } = fixture);
    });

    afterEach(async () => {
      await fixture.close();
    });

    it('is empty at first', async () => {
      expect(await anchor.newest()).toBeUndefined();
    });

    it('keeps heads, gives them by size, and knows the newest', async () => {
      for (const size of [1_000, 30, 2_000, 9_007_199_254_740_991]) await anchor.put(head(size));
      expect((await allHeads(anchor)).map(({ size }) => size)).toEqual([30, 1_000, 2_000, 9_007_199_254_740_991]);
      expect(await anchor.newest()).toEqual(head(9_007_199_254_740_991));
    });

    it('finds the newest of many', async () => {
      for (let size = 1; size <= 70; size += 1) {
        await anchor.put(head(size * 17));
        if (size % 10 === 0) expect((await anchor.newest())?.size).toBe(size * 17);
      }
    });

    it('takes the same again, and never another in its place', async () => {
      await anchor.put(head(5));
      await anchor.put(head(5));
      await expect(anchor.put(head(5, 'another\n'))).rejects.toThrow(AnchorConflict);
      expect(await allHeads(anchor)).toEqual([head(5)]);
    });

    it('tells one of two who put different heads of one size at once', async () => {
      const outcomes = await Promise.allSettled([anchor.put(head(7, 'a\n')), anchor.put(head(7, 'b\n'))]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('names what is no head, and is not led astray by it', async () => {
      await anchor.put(head(3));
      for (const name of ['checkpoint-0000000000000004.bak', 'readme.txt', 'a']) await fixture.addStranger(name);
      const strangers: string[] = [];
      const heads = await allHeads(anchor, (stranger) => strangers.push(stranger));
      expect(heads).toEqual([head(3)]);
      expect(strangers.sort()).toEqual(['a', 'checkpoint-0000000000000004.bak', 'readme.txt']);
      expect(await anchor.newest()).toEqual(head(3));
    });
  });
}
