import { describe, expect, it } from '@jest/globals';
import { projectId } from '@consilium/testing';
import { ClaimsInLine } from './claims-in-line.ts';

/** Stands in line until it is let go. */
function standing(line: ClaimsInLine, project = projectId(1)) {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  let place = -1;
  const done = line.stand(project, async (given) => {
    place = given;
    await promise;
  });
  return { place, leave: () => resolve(undefined), fail: reject, done };
}

describe('a line', () => {
  it('gives each a place of their own, and the foremost that is free to who comes next', async () => {
    const line = new ClaimsInLine();
    const [first, second, third] = [standing(line), standing(line), standing(line)];
    expect([first.place, second.place, third.place]).toEqual([0, 1, 2]);
    second.leave();
    await second.done;
    expect([standing(line).place, standing(line).place]).toEqual([1, 3]);
  });

  it('is one of each project, and who fails leaves it too', async () => {
    const line = new ClaimsInLine();
    const first = standing(line);
    expect(standing(line, projectId(2)).place).toBe(0);
    first.fail(new Error('away'));
    await expect(first.done).rejects.toThrow('away');
    expect(standing(line).place).toBe(0);
  });
});
