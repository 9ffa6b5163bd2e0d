import { expect, it } from '@jest/globals';
import { isUuid } from '@consilium/domain';
import fc from 'fast-check';
import { uuidv5, uuidv7 } from './uuid.ts';

it('makes version 5 ids as another implementation does (Python: uuid5(NAMESPACE_DNS, ...))', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(uuidv5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  expect(uuidv5(dns, 'tórax')).toBe('dcd0df6f-6eb1-55a8-afdf-87cf3afde03e');
});

it('makes the version 7 example of RFC 9562, appendix A.6', () => {
  const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
  expect(uuidv7(1_645_557_742_000, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

it('makes version 7 ids that sort by their instant and never repeat', () => {
  const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const [a, b] = [uuidv7(one), uuidv7(other)];
      expect(isUuid(a)).toBe(true);
      expect(a).not.toBe(b);
      if (one !== other) expect(a < b).toBe(one < other);
    }),
  );
});
