import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CommandId, OrganisationId, PersonId } from '@consilium/domain';
import { uuidv7 } from '@consilium/contracts';
import fc from 'fast-check';
import { makeChangeToken, readChangeToken } from './change-token.ts';
import { makeCursor, readCursor } from './cursor.ts';
import { KeyedHash } from './keyed-hash.ts';

const hash = new KeyedHash(randomBytes(32));
const sender = {
  organisation: '22222222-2222-4222-8222-222222222222' as OrganisationId,
  personId: '11111111-1111-4111-8111-111111111111' as PersonId,
};
const commandId = uuidv7(1_795_435_200_000) as CommandId;

describe('change token', () => {
  it('gives its sender their command back', () => {
    expect(readChangeToken(hash, sender, makeChangeToken(hash, sender, commandId))).toBe(commandId);
  });

  it('is nothing to anybody else, nor under another key', () => {
    const token = makeChangeToken(hash, sender, commandId);
    const other = '33333333-3333-4333-8333-333333333333';
    expect(readChangeToken(hash, { ...sender, personId: other as PersonId }, token)).toBeUndefined();
    expect(readChangeToken(hash, { ...sender, organisation: other as OrganisationId }, token)).toBeUndefined();
    expect(readChangeToken(new KeyedHash(randomBytes(32)), sender, token)).toBeUndefined();
  });

  it('is never made by chance', () => {
    fc.assert(fc.property(fc.string(), (text) => readChangeToken(hash, sender, text) === undefined));
  });
});

describe('cursor', () => {
  const scope = ['cases', sender.organisation, null];

  it('gives its place back', () => {
    expect(readCursor(hash, scope, makeCursor(hash, scope, [7, 'a']))).toEqual([7, 'a']);
  });

  it('is good for its own list only', () => {
    const cursor = makeCursor(hash, scope, [7]);
    expect(() => readCursor(hash, ['changes', sender.organisation, null], cursor)).toThrow('not one of this list');
    expect(() => readCursor(hash, ['cases', sender.organisation, 'settled'], cursor)).toThrow('not one of this list');
  });

  it('cannot be changed', () => {
    const cursor = makeCursor(hash, scope, [7]);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom('a', 'Z', '0', '9', '-', '_'), (index, letter) => {
        fc.pre(cursor[index] !== letter);
        const changed = cursor.slice(0, index) + letter + cursor.slice(index + 1);
        expect(() => readCursor(hash, scope, changed)).toThrow('not one of this list');
      }),
    );
  });

  it('is never made by chance', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readCursor(hash, scope, text)).toThrow('not one of this list');
      }),
    );
  });
});
