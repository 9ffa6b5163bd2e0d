import { describe, expect, it } from '@jest/globals';
import { subjectId } from '@consilium/testing';
import fc from 'fast-check';
import { z } from 'zod';
import {
  currentVersionIn,
  readPayload,
  registryProblems,
  SchemaMismatch,
  type SchemaRegistry,
} from './schema-registry.ts';
import { mapProtectedTexts, openText, sealText } from './sealed-text.ts';

/*
 * No event has a second version yet, so the rules are proved on a registry of this spec: a remark that at first was a text of
 * a reader, then got a list of labels instead of one, and then a language that older remarks do not know.
 */
const sealed = z.strictObject({
  state: z.literal('sealed'),
  keyVersion: z.int(),
  nonce: z.string(),
  ciphertext: z.string(),
});
const registry: SchemaRegistry = {
  schemas: {
    remarkMade: {
      1: z.strictObject({ label: z.string(), remark: z.strictObject({ text: sealed }) }),
      2: z.strictObject({ labels: z.array(z.string()), remark: z.strictObject({ text: sealed }) }),
      3: z.strictObject({
        labels: z.array(z.string()),
        remark: z.strictObject({ text: sealed, language: z.enum(['es', 'en', 'unknown']) }),
      }),
    },
    remarkLeft: { 1: z.strictObject({}) },
  },
  upcasters: {
    remarkMade: {
      1: ({ label, ...others }) => ({ ...others, labels: [label] }),
      2: ({ remark, ...others }) => ({ ...others, remark: { ...(remark as object), language: 'unknown' } }),
    },
  },
};
/** The same with another way from 1 to 2. */
const withUpcaster = (upcaster: SchemaRegistry['upcasters'][string][number]): SchemaRegistry => ({
  ...registry,
  upcasters: { remarkMade: { ...registry.upcasters['remarkMade'], 1: upcaster } },
});

const key = { subjectId: subjectId(1), keyVersion: 1, key: Buffer.alloc(32, 7) };
const place = { eventId: '00000010-0000-4000-8000-000000000001', type: 'remarkMade', field: 'remark.text' };
const text = sealText('se ve un nódulo', key, place);
const first = { label: 'nodule', remark: { text } };

describe('a registry of schemas', () => {
  it('brings every older version to the current one, step by step', () => {
    const current = { labels: ['nodule'], remark: { text, language: 'unknown' } };
    expect(readPayload(registry, 'remarkMade', 1, first)).toEqual(current);
    expect(readPayload(registry, 'remarkMade', 2, { labels: ['nodule'], remark: { text } })).toEqual(current);
    expect(readPayload(registry, 'remarkMade', 3, current)).toEqual(current);
    expect(currentVersionIn(registry, 'remarkMade')).toBe(3);
  });

  it('leaves a sealed text where its seal is bound to, so that it still opens', () => {
    const opened: string[] = [];
    mapProtectedTexts(readPayload(registry, 'remarkMade', 1, first), (found, field) => {
      if (found.state === 'sealed') opened.push(openText(found, key, { ...place, field }));
      return found;
    });
    expect(opened).toEqual(['se ve un nódulo']);
  });

  it('gives the same answer each time, and changes nothing of what it is given', () => {
    fc.assert(
      fc.property(fc.string(), (label) => {
        const payload = Object.freeze({ label, remark: Object.freeze({ text: Object.freeze({ ...text }) }) });
        const once = readPayload(registry, 'remarkMade', 1, payload);
        expect(readPayload(registry, 'remarkMade', 1, payload)).toEqual(once);
        expect(once).toMatchObject({ labels: [label] });
      }),
    );
  });

  it.each([
    [
      'moves a sealed text',
      (payload: typeof first) => ({ labels: [], remark: payload.remark, text: payload.remark.text }),
    ],
    [
      'changes a sealed text',
      (payload: typeof first) => ({ labels: [], remark: { text: { ...payload.remark.text, keyVersion: 2 } } }),
    ],
    ['leaves what the next version asks for out', (payload: typeof first) => ({ remark: payload.remark })],
    ['leaves what the next version does not know', (payload: typeof first) => ({ ...payload, labels: [] })],
  ])('refuses an upcaster that %s', (_, upcaster) => {
    const spoiled = withUpcaster((payload) => upcaster(payload as typeof first));
    expect(() => readPayload(spoiled, 'remarkMade', 1, first)).toThrow(SchemaMismatch);
  });

  it('refuses to move a sealed text even where the schemas would allow it', () => {
    const loose: SchemaRegistry = {
      schemas: { remarkMade: { 1: z.looseObject({}), 2: z.looseObject({}) } },
      upcasters: { remarkMade: { 1: ({ remark }) => ({ note: remark }) } },
    };
    expect(() => readPayload(loose, 'remarkMade', 1, first)).toThrow(/other sealed texts/);
  });

  it.each([
    ['remarkMade', 0],
    ['remarkMade', 4],
    ['remarkMade', 1.5],
    ['remarkMade', NaN],
    ['constructor', 1],
    ['remarkLost', 1],
  ])('does not know %s version %d', (type, version) => {
    expect(() => readPayload(registry, type, version, first)).toThrow(SchemaMismatch);
  });

  it('is fit when every version has a way to the next', () => {
    expect(registryProblems(registry)).toEqual([]);
  });

  it.each([
    [
      { schemas: registry.schemas, upcasters: {} },
      ['remarkMade has no upcaster from version 1 to 2', 'remarkMade has no upcaster from version 2 to 3'],
    ],
    [
      { schemas: { remarkLeft: { 2: z.any() } }, upcasters: {} },
      ['remarkLeft has no version 1', 'remarkLeft has no upcaster from version 1 to 2'],
    ],
    [{ schemas: { remarkLeft: {} }, upcasters: {} }, ['remarkLeft has no version 1']],
    [
      { schemas: registry.schemas, upcasters: { ...registry.upcasters, remarkLeft: { 1: () => ({}) } } },
      ['remarkLeft has an upcaster from version 1, and no version after it'],
    ],
  ] satisfies [SchemaRegistry, string[]][])('names what is missing (%#)', (broken, problems) => {
    expect(registryProblems(broken)).toEqual(problems);
  });
});
