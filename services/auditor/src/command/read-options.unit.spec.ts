import { describe, expect, it } from '@jest/globals';
import { CommandFailed } from '../command-failed.ts';
import { choiceOption, flagOption, numberOption, readOptions, textOption, textsOption } from './read-options.ts';

const options = {
  from: { type: 'string' },
  key: { type: 'string', multiple: true },
  output: { type: 'string', short: 'o' },
  json: { type: 'boolean' },
} as const;

describe('the options of a command', () => {
  it('are read by their kind', () => {
    const read = readOptions(['--key', 'a', '-o', 'f', '--key', 'b', '--json'], options);
    expect([textOption(read, 'output'), textsOption(read, 'key'), flagOption(read, 'json')]).toEqual([
      'f',
      ['a', 'b'],
      true,
    ]);
    const none = readOptions([], options);
    expect([textOption(none, 'from'), textsOption(none, 'key'), flagOption(none, 'json')]).toEqual([
      undefined,
      [],
      false,
    ]);
  });

  it('are words besides, where a command takes some', () => {
    expect(readOptions(['17', '--json', 'x'], options, 2).words).toEqual(['17', 'x']);
  });

  it.each([
    [['--all'], "Unknown option '--all'"],
    [['--from'], "Option '--from <value>' argument missing"],
    [['word'], 'Unexpected argument'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args, options)).toThrow(message);
    expect(() => readOptions(args, options)).toThrow(CommandFailed);
  });

  it('refuse more words than a command takes', () => {
    expect(() => readOptions(['a', 'b'], options, 1)).toThrow('unexpected argument b');
  });

  it('are numbers within limits, or one of some words, where a command asks for such', () => {
    const range = { least: 0, most: 10 };
    const number = (text: string, whole = false) =>
      numberOption(readOptions(['--from', text], options), 'from', { ...range, whole });
    expect([number('2.5'), number('1e-3'), number('7', true)]).toEqual([2.5, 0.001, 7]);
    expect(numberOption(readOptions([], options), 'from', range)).toBeUndefined();
    for (const text of ['11', 'NaN', '', '0x5', 'Infinity', ' 1']) expect(() => number(text)).toThrow(CommandFailed);
    expect(() => number('2.5', true)).toThrow('no whole number from 0 to 10');
    const choice = (...args: readonly string[]) => choiceOption(readOptions(args, options), 'from', ['a', 'b']);
    expect([choice(), choice('--from', 'b')]).toEqual(['a', 'b']);
    expect(() => choice('--from', 'c')).toThrow('give a, b');
  });
});
