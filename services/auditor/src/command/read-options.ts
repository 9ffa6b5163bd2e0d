import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { CommandFailed } from '../command-failed.ts';

interface ReadOptions {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly words: readonly string[];
}

/** @throws CommandFailed for what is no option of this command, or for words it does not take */
export function readOptions(args: readonly string[], options: ParseArgsOptionsConfig, mostWords = 0): ReadOptions {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: mostWords > 0 });
    if (positionals.length > mostWords) throw new Error(`unexpected argument ${String(positionals[mostWords])}`);
    return { values, words: positionals };
  } catch (error) {
    throw new CommandFailed('usage', String(error).replace(/^\w+(?: \[\w+\])?: /, ''), { cause: error });
  }
}

export function textOption({ values }: ReadOptions, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

export const flagOption = ({ values }: ReadOptions, name: string): boolean => values[name] === true;

export function textsOption({ values }: ReadOptions, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
}
