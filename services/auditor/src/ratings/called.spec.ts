import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, expect } from '@jest/globals';
import type { Command } from '../command/command.ts';
import { readAuditorConfig } from '../config.ts';

/** One call of a command in this process. */
export interface Called {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws CommandFailed as the command does */
export async function call(command: Command, args: readonly string[], stdin: string | Buffer = ''): Promise<Called> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const bytes = Buffer.from(stdin);
  const surroundings = { config: readAuditorConfig({}), stdin: Readable.from([bytes]), stdout, stderr };
  const exitCode = await command.run(args, surroundings);
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** What a command that has succeeded says. */
export async function said(
  command: Command,
  args: readonly string[],
  stdin?: string,
): Promise<Record<string, unknown>> {
  const { exitCode, stdout } = await call(command, args, stdin);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The codes and lines that a refused file is refused with. */
export async function refused(command: Command, args: readonly string[], stdin?: string | Buffer) {
  const { exitCode, stdout } = await call(command, args, stdin);
  expect(exitCode).toBe(5);
  const { problems } = JSON.parse(stdout) as { problems: { code: string; line?: number; subject?: string }[] };
  return problems.map(({ code, line, subject }) => `${code} ${String(line ?? subject)}`);
}

/** A folder that is gone after the spec; answers with the path of a file in it, written where there is content. */
export function temporaryFiles(): (name: string, content?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'consilium-ratings-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name, content) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
}

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
