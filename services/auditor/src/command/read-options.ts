import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { CommandFailed } from '../command-failed.ts';

/** The options and words of one call. */
export interface ReadOptions {
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

/** @throws CommandFailed for what is no number from least to most, or no whole one where a whole one is asked for */
export function numberOption(
  read: ReadOptions,
  name: string,
  { least, most, whole = false }: { readonly least: number; readonly most: number; readonly whole?: boolean },
): number | undefined {
  const text = textOption(read, name);
  if (text === undefined) return undefined;
  const value = /^-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'whole number' : 'number';
  throw new CommandFailed('usage', `--${name}: "${text}" is no ${kind} from ${String(least)} to ${String(most)}.`);
}

/** One of the words, or the first where none is given. @throws CommandFailed */
export function choiceOption<Word extends string>(
  read: ReadOptions,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = textOption(read, name);
  if (text === undefined) return words[0];
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new CommandFailed('usage', `--${name} is "${text}": give ${words.join(', ')}.`);
}
