import type { ZodType } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not describe a process that could run. The message is one sentence, without any value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Names of the faulty variables. */
  readonly variables: readonly string[];

  constructor(message: string, variables: readonly string[]) {
    super(message);
    this.variables = variables;
  }
}

/**
 * Reads the configuration of a process from its environment. A variable that is set to nothing counts as absent, as
 * shells and compose files cannot always leave one out. Messages never repeat a value: it may be a secret.
 *
 * @throws ConfigError that names every faulty variable at once.
 */
export function readConfig<Config>(schema: ZodType<Config>, environment: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;

  const faults = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const variable = String(issue.path[0] ?? 'the environment');
    // zod words a message before it knows the value, but a check of our own could quote it: only its words are used.
    const fault = variable in given ? `is wrong (${withoutValue(issue.message, given[variable])})` : 'is missing';
    if (!faults.has(variable)) faults.set(variable, fault);
  }
  const list = [...faults].map(([variable, fault]) => `${variable} ${fault}`).join(', ');
  throw new ConfigError(`The configuration cannot be used: ${list}.`, [...faults.keys()]);
}

const withoutValue = (message: string, value: string | undefined): string =>
  value === undefined ? message : message.replaceAll(value, '…');
