import { CommandFailed } from '../command-failed.ts';
import { textOption } from '../command/read-options.ts';
import type { ReadOptions } from '../command/read-options.ts';

/** The file of answers, `-` for standard input. @throws CommandFailed */
export function fileOf({ words: [name] }: ReadOptions): string {
  if (name === undefined)
    throw new CommandFailed('usage', 'Give a CSV file with question, worker and answer, or - for standard input.');
  return name;
}

/** Words parted by commas, each once. @throws CommandFailed */
export function listOption(options: ReadOptions, name: string): readonly string[] | undefined {
  const words = textOption(options, name)?.split(',');
  if (words === undefined) return undefined;
  if (words.includes('') || new Set(words).size !== words.length) {
    throw new CommandFailed('usage', `--${name}: give different labels, parted by commas.`);
  }
  return words;
}
