import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';

const program = fileURLToPath(new URL('../../verify-bundle.mjs', import.meta.url));

export const verifyBundleCommand: Command = {
  name: 'verify-bundle',
  summary: 'verifies a bundle by the program that outsiders use',
  usage: `consilium verify-bundle BUNDLE.json --key KEY... [--held CHECKPOINT-FILE]... [--json]

Runs services/auditor/verify-bundle.mjs: one file without dependencies, which is given to outsiders and shares no code with
the rest. KEY is the verifier key of the log; FILE a checkpoint got earlier.

Exit codes: 0 verified; 5 not verified; 2 wrong command line or a file that cannot be read.
`,
  run: async (args) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 1 ? exitCodes.doesNotHold : (code ?? exitCodes.failed);
  },
};
