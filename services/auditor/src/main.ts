/** The `consilium` command. */
import { GraphqlFailure } from '@consilium/client';
import { ConfigError } from '@consilium/runtime';
import { bundleCommand } from './bundle/bundle-command.ts';
import { verifyBundleCommand } from './bundle/verify-bundle-command.ts';
import { CommandFailed, exitCodes } from './command-failed.ts';
import type { Command } from './command/command.ts';
import { readAuditorConfig } from './config.ts';
import { exportCommand } from './export/export-command.ts';
import { importCommand } from './import/import-command.ts';
import { jobsCommand } from './jobs/jobs-command.ts';
import { parkedCommand } from './parked/parked-command.ts';
import { asOfCommand } from './picture/as-of-command.ts';
import { diffCommand } from './picture/diff-command.ts';
import { historyCommand } from './picture/history-command.ts';
import { agreementCommand } from './ratings/agreement-command.ts';
import { consensusCommand } from './ratings/consensus-command.ts';
import { weightsCommand } from './ratings/weights-command.ts';
import { replayCommand } from './replay/replay-command.ts';
import { verifyCommand } from './verify/verify-command.ts';

const commands: readonly Command[] = [
  verifyCommand,
  replayCommand,
  asOfCommand,
  historyCommand,
  diffCommand,
  bundleCommand,
  verifyBundleCommand,
  exportCommand,
  importCommand,
  jobsCommand,
  parkedCommand,
  consensusCommand,
  agreementCommand,
  weightsCommand,
];

const usage = `consilium COMMAND [options]

${commands.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')}

consilium help COMMAND says all about one. Servers are those of DATABASE_URL, KAFKA_BROKERS and REDIS_URL, else what npm start
serves from here.
`;

const notAllowed = ['UNAUTHENTICATED', 'FORBIDDEN'];

// Whoever reads our output may stop reading, as `head` does: that ends the process, and is no crash.
process.stdout.on('error', () => process.exit(exitCodes.failed));

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...args]: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const isAskedFor = [name, ...args].some((word) => word === '--help' || word === '-h');
  const command = commands.find((one) => one.name === (name === 'help' ? args[0] : name));
  if (name === undefined || name === 'help' || isAskedFor) {
    stdout.write(command?.usage ?? usage);
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  try {
    if (command === undefined) throw new CommandFailed('usage', `There is no command ${name}.\n\n${usage}`);
    return await command.run(args, { config: readAuditorConfig(process.env), stdin, stdout, stderr });
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
