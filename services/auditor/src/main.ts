/** The `consilium` command. */
import { GraphqlFailure } from '@consilium/client';
import { ConfigError } from '@consilium/runtime';
import { CommandFailed, exitCodes } from './command-failed.ts';
import { readAuditorConfig } from './config.ts';
import { readExportOptions } from './export/export-options.ts';
import { runExport } from './export/run-export.ts';

const usage = `consilium export [--project ID] [--url URL] [--token TOKEN] [--output FILE]

Writes a project as JSON lines, to standard output or FILE: a header with the protocol, a line for each case with its
sentences, every raw read and the consensus, and a trailer with counts. A file without trailer is not whole.

  --project ID   default: the only project
  --url URL      default: what npm start serves on this machine
  --token TOKEN  default: CONSILIUM_TOKEN, else (without --url) the token of the auditor that npm start made
  --output FILE  default: standard output; progress goes to standard error

Exit codes: 0 done; 1 not reached or not written; 2 wrong command line; 3 not allowed; 4 no such project.
`;

const notAllowed = ['UNAUTHENTICATED', 'FORBIDDEN'];

process.exitCode = await run(process.argv.slice(2));

async function run([command, ...args]: readonly string[]): Promise<number> {
  if (command === undefined || command === 'help' || [command, ...args].some((word) => /^(--help|-h)$/.test(word))) {
    process.stdout.write(usage);
    return command === undefined ? exitCodes.usage : exitCodes.done;
  }
  try {
    if (command !== 'export') throw new CommandFailed('usage', `There is no command ${command}.\n\n${usage}`);
    const { dataFolder, token } = readAuditorConfig(process.env);
    const { stdout, stderr } = process;
    await runExport(readExportOptions(args), { dataFolder, environmentToken: token, stdout, stderr });
    return exitCodes.done;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  // Whoever reads our output has seen enough, as `head` does: nobody is left to tell.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return exitCodes.failed;
  process.stderr.write(`${message}\n`);
  if (error instanceof CommandFailed) return error.exitCode;
  if (error instanceof ConfigError) return exitCodes.usage;
  if (error instanceof GraphqlFailure && notAllowed.some((code) => error.has(code))) return exitCodes.notAllowed;
  if (error instanceof GraphqlFailure && error.has('NOT_FOUND')) return exitCodes.notFound;
  return exitCodes.failed;
}
