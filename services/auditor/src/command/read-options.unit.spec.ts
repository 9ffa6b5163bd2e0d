import { describe, expect, it } from '@jest/globals';
import { CommandFailed } from '../command-failed.ts';
import { flagOption, readOptions, textOption, textsOption } from './read-options.ts';

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
});
