import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { waysToGive } from './give-way.ts';

/** In a process of its own: who has stood back does not come forward again. */
function prioritiesAfter(...nicenesses: readonly number[]): readonly number[] {
  const module = new URL('give-way.ts', import.meta.url).href;
  const program = `
    import { getPriority } from 'node:os';
    const { giveWay } = await import('${module}');
    const seen = [${nicenesses.join(', ')}].map((niceness) => (giveWay(niceness), getPriority()));
    process.stdout.write(JSON.stringify(seen));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return JSON.parse(stdout) as readonly number[];
}

it('stands back, and goes on where that is not possible', () => {
  const impossible = 1_000;
  const { background } = waysToGive;
  expect(prioritiesAfter(background, impossible)).toEqual([background, background]);
});
