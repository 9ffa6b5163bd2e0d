import { describe, expect, it } from '@jest/globals';
import { plainText } from '@consilium/domain';
import { eventId, sampleCase, subjectId } from '@consilium/testing';
import fc from 'fast-check';
import { NotCanonical } from './canonical-json.ts';
import { type DataKey, mapProtectedTexts, openText, SealBroken, type SealContext, sealText } from './sealed-text.ts';

const keyOf = (byte: number): DataKey => ({ subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, byte) });
const key = keyOf(1);
const place: SealContext = { eventId: eventId(1), type: 'readSkipped', field: 'note' };

describe('a sealed text', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(openText(sealText(text, key, place), key, place)).toBe(text);
      }),
    );
  });

  it('is never sealed the same way twice', () => {
    expect(sealText('a', key, place)).not.toEqual(sealText('a', key, place));
  });

  it.each<[string, DataKey, SealContext]>([
    ['another event', key, { ...place, eventId: eventId(2) }],
    ['another type of event', key, { ...place, type: 'caseImported' }],
    ['another field', key, { ...place, field: 'note.es' }],
    ['another key', keyOf(2), place],
  ])('does not open at %s', (_name, otherKey, otherPlace) => {
    const sealed = sealText('a', key, place);
    expect(() => openText(sealed, otherKey, otherPlace)).toThrow(SealBroken);
  });

  it('does not open when a bit was changed, or bytes are missing', () => {
    const sealed = sealText('abc', key, place);
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => openText({ ...sealed, ciphertext: changed.toString('base64') }, key, place)).toThrow(SealBroken);
    }
    for (const ciphertext of ['', 'AAAA', bytes.subarray(1).toString('base64')]) {
      expect(() => openText({ ...sealed, ciphertext }, key, place)).toThrow(SealBroken);
    }
    expect(() => openText({ ...sealed, nonce: '' }, key, place)).toThrow(SealBroken);
  });

  it('is refused before it would change: a lone surrogate has no UTF-8 form', () => {
    expect(() => sealText('a\ud800', key, place)).toThrow(NotCanonical);
  });
});

describe('walking the protected texts of a payload', () => {
  it('tells each its path and keeps everything else', () => {
    const seen: string[] = [];
    const changed = mapProtectedTexts(sampleCase(), (text, field) => {
      seen.push(field);
      return text.state === 'plain' ? plainText(text.text.toUpperCase()) : text;
    });
    expect(seen).toEqual(['externalKey', 'sentences.0.text.es', 'sentences.0.text.en']);
    expect(changed).toEqual({
      ...sampleCase(),
      externalKey: plainText('SERIES 1, NODULE 1'),
      sentences: [
        {
          ...sampleCase().sentences[0],
          text: { es: plainText('NÓDULO EN EL LÓBULO SUPERIOR.'), en: plainText('NODULE IN THE UPPER LOBE.') },
        },
      ],
    });
  });
});
