import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

it('sets what this version of V8 knows', () => {
  const module = new URL('collect-seldom.ts', import.meta.url).href;
  const program = `const { collectSeldom } = await import('${module}'); collectSeldom(); process.stdout.write('set');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  // An unknown flag is told on stderr and otherwise passed over.
  expect({ stdout, stderr }).toEqual({ stdout: 'set', stderr: '' });
});
