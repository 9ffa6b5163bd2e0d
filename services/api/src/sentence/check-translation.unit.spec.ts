import { expect, it } from '@jest/globals';
import { plainText } from '@consilium/domain';
import type { BilingualText, ProtectedText } from '@consilium/domain';
import { projectId, sentenceId } from '@consilium/testing';
import { Identities } from '../platform/identities.ts';
import { KeyedHash } from '../platform/keyed-hash.ts';
import { questionsAbout } from './check-translation.ts';

const identities = new Identities(new KeyedHash(Buffer.alloc(32, 1)));
const pair = (es: string, en: string): BilingualText => ({ es: plainText(es), en: plainText(en) });
const asked = (text: BilingualText, version = 1) =>
  questionsAbout(identities, projectId(1), [{ sentenceId: sentenceId(1), version, text }]);

it('asks where the languages differ, in codes and places and no words', () => {
  const [question, ...more] = asked(pair('Sin nódulo de 3 mm.', 'Nodule of 3 mm.'));
  expect(more).toEqual([]);
  expect(question).toMatchObject({
    sentenceId: sentenceId(1),
    version: 1,
    checker: { name: 'rules', version: '1' },
    hits: [{ type: 'negation' }],
  });
  for (const hit of question?.hits ?? []) expect(Object.keys(hit).sort()).toEqual(['code', 'en', 'es', 'type']);
  expect(JSON.stringify(question)).not.toMatch(/nodul|nódul|absent|present/iu);
});

it('asks the same question of the same version for ever, and another of the next', () => {
  const text = pair('Nódulo derecho.', 'Left nodule.');
  expect(asked(text)).toEqual(asked(text));
  expect(asked(text)[0]?.disagreementId).not.toBe(asked(text, 2)[0]?.disagreementId);
});

it('asks nothing of a right pair, of one language alone, and of texts that it cannot read or nobody can store', () => {
  expect(asked(pair('Nódulo de 3 mm.', 'Nodule of 3 mm.'))).toEqual([]);
  expect(asked({ es: plainText('Sin nódulo.') })).toEqual([]);
  const sealed: ProtectedText = { state: 'sealed', keyVersion: 1, nonce: 'AAAA', ciphertext: 'AAAA' };
  expect(asked({ es: sealed, en: plainText('Nodule.') })).toEqual([]);
  expect(asked(pair('Sin nódulo. '.repeat(400), 'Nodule. '.repeat(400)))).toEqual([]);
});
