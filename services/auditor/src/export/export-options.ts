import { parseArgs } from 'node:util';
import { CommandFailed } from '../command-failed.ts';

export interface ExportOptions {
  /** Undefined: the only project there is. */
  readonly projectId: string | undefined;
  /** Without a path: http://127.0.0.1:4000. Undefined: what runs on this machine. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** Undefined: standard output. */
  readonly output: string | undefined;
}

/** @throws CommandFailed for what is no option of this command */
export function readExportOptions(args: readonly string[]): ExportOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        project: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        output: { type: 'string', short: 'o' },
      },
    });
    return { projectId: values.project, url: values.url, token: values.token, output: values.output };
  } catch (error) {
    throw new CommandFailed('usage', String(error).replace(/^\w+(?: \[\w+\])?: /, ''), { cause: error });
  }
}
