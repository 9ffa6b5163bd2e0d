import { InvalidNoteKey, readNoteKey } from '@consilium/transparency';
import type { TrustedLogKey } from '@consilium/transparency';
import { CommandFailed } from '../command-failed.ts';

const forms = 'a verifier key is NAME+ID+BASE64, and after a rotation NAME+ID+BASE64@FIRST-LAST or @FIRST-';

/**
 * Keys as they are given on the command line: a verifier key (C2SP signed-note), and after a rotation the sizes of heads from
 * which and to which it was in use, as `KEY@1-5000` and `KEY@4001-`. @throws CommandFailed
 */
export function trustedKeys(texts: readonly string[]): readonly TrustedLogKey[] {
  const keys = texts.map((text) => {
    const [, keyText = text, first, last] = /^(.*)@([0-9]{1,15})-([0-9]{0,15})$/.exec(text) ?? [];
    try {
      const key = readNoteKey(keyText);
      if (key.kind !== 'log') throw new InvalidNoteKey('it is the key of a witness');
      return {
        key,
        firstSize: first === undefined ? 0 : Number(first),
        lastSize: last === undefined || last === '' ? undefined : Number(last),
      };
    } catch (error) {
      if (!(error instanceof InvalidNoteKey)) throw error;
      throw new CommandFailed('usage', `--key: ${error.message}; ${forms}.`, { cause: error });
    }
  });
  if (new Set(keys.map(({ key }) => key.name)).size > 1) {
    throw new CommandFailed('usage', '--key: all keys of a log have its one name.');
  }
  return keys;
}
