import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const consilium = fileURLToPath(new URL('../../services/auditor/bin/consilium.js', import.meta.url));

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, as a person would, in a folder of its own choice. */
export function runProgram(
  program: string,
  args: readonly string[],
  {
    environment = {},
    folder,
  }: { readonly environment?: Readonly<Record<string, string>>; readonly folder?: string } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, ...args],
      { env: { PATH: process.env['PATH'], ...environment }, cwd: folder, maxBuffer: 256 * 1024 * 1024 },
      (_error, stdout, stderr) => {
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

/** `npx consilium ...` against this installation. */
export const runConsilium = (
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<CommandResult> => runProgram(consilium, args, { environment });
