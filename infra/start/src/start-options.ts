import { parseArgs } from 'node:util';
import { StartFailed } from './start-failed.ts';

export interface StartOptions {
  /** Where data, keys and logs are kept; undefined for CONSILIUM_DATA, else `.consilium`. */
  readonly data: string | undefined;
  /** For the api: this one or none; undefined for 4000 or the next free one. */
  readonly port: number | undefined;
  readonly demonstration: 'none' | 'all' | { readonly firstCases: number };
}

export const usage = `npm start -- [--no-demo | --demo-cases N] [--port N] [--data FOLDER]

  --no-demo        leave out the demonstrations (LIDC-IDRI, 2,633 cases; grounded reports, 72 studies)
  --demo-cases N   only its first N cases
  --port N         serve the API and the console on this port (default: 4000, or the next free one)
  --data FOLDER    keep data, keys and logs there (default: CONSILIUM_DATA, else .consilium)
  --help           show this

Servers: DATABASE_URL, KAFKA_BROKERS and REDIS_URL where set, else Docker, else started here.`;

/** @returns 'help' if that is asked for. @throws StartFailed */
export function readStartOptions(args: readonly string[]): StartOptions | 'help' {
  const values = parsed(args);
  if (values.help === true) return 'help';
  if (values['no-demo'] === true && values['demo-cases'] !== undefined) {
    throw new StartFailed('--no-demo and --demo-cases exclude each other: leave one out.');
  }
  return {
    data: nonEmpty('--data', values.data),
    port: wholeNumber('--port', values.port, 1, 65_535),
    demonstration: values['no-demo'] === true ? 'none' : demonstrationOf(values['demo-cases']),
  };
}

function parsed(args: readonly string[]): {
  readonly help?: boolean;
  readonly data?: string;
  readonly port?: string;
  readonly 'no-demo'?: boolean;
  readonly 'demo-cases'?: string;
} {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        data: { type: 'string' },
        port: { type: 'string' },
        'no-demo': { type: 'boolean' },
        'demo-cases': { type: 'string' },
      },
    }).values;
  } catch (error) {
    // `TypeError [ERR_...]: Unknown option '--x'. To specify ...`: the first sentence says it.
    const [reason = ''] = String(error)
      .replace(/^\w+(?: \[\w+\])?: /, '')
      .split('. ');
    throw new StartFailed(`${reason.replace(/\.$/, '')}: see npm start -- --help.`);
  }
}

function demonstrationOf(cases: string | undefined): StartOptions['demonstration'] {
  const firstCases = wholeNumber('--demo-cases', cases, 1, 2_633);
  return firstCases === undefined ? 'all' : { firstCases };
}

function nonEmpty(option: string, text: string | undefined): string | undefined {
  if (text === '') throw new StartFailed(`${option} is empty: name a folder.`);
  return text;
}

function wholeNumber(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new StartFailed(`${option} is "${text}": give a whole number from ${least} to ${most}.`);
}
