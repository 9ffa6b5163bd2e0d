import { describe, expect, it } from '@jest/globals';
import { FrameQueue } from './frame-queue.ts';

function queueOf(longest: number): { readonly queue: FrameQueue<number, string>; readonly closed: () => number } {
  let closed = 0;
  const queue = new FrameQueue<number, string>({
    longest,
    frameOf: async (item) => (item < 0 ? undefined : String(item)),
    resync: () => 'resync',
    onClose: () => {
      closed += 1;
    },
  });
  return { queue, closed: () => closed };
}

describe('frame queue', () => {
  it('gives frames in order, those that came before and those that come later', async () => {
    const { queue } = queueOf(10);
    queue.push(1);
    queue.push(-1);
    queue.push(2);
    expect([await queue.next(), await queue.next()]).toEqual([
      { done: false, value: '1' },
      { done: false, value: '2' },
    ]);
    const later = queue.next();
    queue.push(3);
    expect(await later).toEqual({ done: false, value: '3' });
  });

  it('drops what waits when it overflows and says so once', async () => {
    const { queue } = queueOf(2);
    for (const item of [1, 2, 3, 4]) queue.push(item);
    expect([await queue.next(), await queue.next()]).toEqual([
      { done: false, value: 'resync' },
      { done: false, value: '4' },
    ]);
  });

  it('ends at once while it waits, and lets go of what feeds it once', async () => {
    const { queue, closed } = queueOf(2);
    const waiting = queue.next();
    await queue.return();
    await queue.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await queue.next()).toEqual({ done: true, value: undefined });
    expect(closed()).toBe(1);
  });

  it('takes nothing any more when it has ended', async () => {
    const { queue } = queueOf(2);
    await queue.return();
    queue.push(1);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('keeps the newest item in the place of what waits, where nothing is said of what was dropped', async () => {
    const shown: number[] = [];
    const queue = new FrameQueue<number, number>({
      longest: 1,
      frameOf: async (item) => item,
      onClose: () => undefined,
    });
    for (const item of [1, 2, 3]) queue.push(item);
    shown.push((await queue.next()).value ?? -1);
    for (const item of [4, 5]) queue.push(item);
    shown.push((await queue.next()).value ?? -1);
    expect(shown).toEqual([3, 5]);
  });

  it('gives no frame that was still being made when it ended', async () => {
    let made = (): void => undefined;
    const queue = new FrameQueue<number, number>({
      longest: 1,
      frameOf: async (item) => {
        await new Promise<void>((resolve) => {
          made = resolve;
        });
        return item;
      },
      onClose: () => undefined,
    });
    queue.push(1);
    const waiting = queue.next();
    await queue.return();
    made();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
