import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { formatNoteKey, noteKeyOf } from '@consilium/transparency';
import { trustedKeys } from './trusted-keys.ts';

const keyText = (name: string, kind: 'log' | 'witness' = 'log'): string =>
  formatNoteKey(noteKeyOf(kind, name, generateKeyPairSync('ed25519').publicKey));

describe('verifier keys on the command line', () => {
  it('count for all sizes, or from and to a size', () => {
    const [one, other] = [keyText('example.org/log'), keyText('example.org/log')];
    expect(trustedKeys([one]).map(({ firstSize, lastSize }) => [firstSize, lastSize])).toEqual([[0, undefined]]);
    expect(
      trustedKeys([`${one}@1-5000`, `${other}@4001-`]).map(({ firstSize, lastSize }) => [firstSize, lastSize]),
    ).toEqual([
      [1, 5_000],
      [4_001, undefined],
    ]);
  });

  it('are refused where they are none, or of a witness, or of two logs', () => {
    expect(() => trustedKeys(['x'])).toThrow('--key');
    expect(() => trustedKeys([keyText('example.org/witness', 'witness')])).toThrow('key of a witness');
    expect(() => trustedKeys([keyText('example.org/a'), keyText('example.org/b')])).toThrow('one name');
  });
});
