import { describe, expect, it } from '@jest/globals';
import { caseLineRows } from './case-line-rows.ts';
import { groundedRows, readImageFacts } from './grounded-rows.ts';
import type { ImportRow } from './import-row.ts';
import { TermsToAdopt, unknownTerms, type Vocabulary } from './vocabulary.ts';

async function* chunks(text: string) {
  yield text;
}
async function collected(rows: AsyncIterable<ImportRow>): Promise<readonly ImportRow[]> {
  const all: ImportRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
const casesIn = (rows: readonly ImportRow[]) => rows.flatMap((row) => (row.kind === 'case' ? [row.case] : []));
const codesOf = (row: ImportRow | undefined) =>
  row === undefined || row.kind === 'case' ? [] : row.problems.map(({ path, code }) => `${path} ${code}`);

const study = (changes = '') =>
  `{"StudyID":"1","ImageID":"1.png","findings":[{"sentence_en":"A","abnormal":true,"boxes":[[0,0,5e-05,1]],"labels":["x"],"locations":["left","y"],"progression":"new"${changes}}]}`;

describe('rows of grounded reports', () => {
  it('become cases with what is said of their images, and of the program that wrote them', async () => {
    const images = await readImageFacts(
      chunks('{"ImageID":"1.png","rows":20,"columns":10,"subjectKey":"person 7"}\n{"ImageID":"2.png"}'),
    );
    const [given] = casesIn(
      await collected(groundedRows(chunks(`[${study()}]`), images, { model: 'made-up', version: '1' })),
    );
    expect(given).toMatchObject({
      externalKey: '1/1.png',
      subjectKey: 'person 7',
      images: [{ key: '1.png', rows: 20, columns: 10 }],
      sentences: [{ key: '0', en: 'A', origin: 'MACHINE', machine: { model: 'made-up', version: '1' } }],
      externalReads: [{ reader: 'A', regions: [{ system: 'NORMALISED', x1: '0', x2: '5e-05' }] }],
    });
  });

  it('are named where they mean nothing here: a consensus, a taken name, a text that no store keeps', async () => {
    const consensus = await collected(
      groundedRows(
        chunks('[{"StudyID":"1","ImageID":"1","consilium:source":"consensus","findings":[]}]'),
        new Map(),
        undefined,
      ),
    );
    expect(codesOf(consensus[0])).toEqual(['consilium:source NOT_READS']);
    const taken = study(',"consilium:reads":[{"reader":"B","boxes":[]}]');
    const [row] = await collected(groundedRows(chunks(`[${taken}]`), new Map(), undefined));
    expect(codesOf(row)).toEqual(['findings[0].consilium:reads[0].reader REPEATED_READER']);
    const nul = study().replace('"A"', '"\\u0000"');
    const [bad] = await collected(groundedRows(chunks(`[${nul}]`), new Map(), undefined));
    expect(codesOf(bad)).toEqual(['findings[0].sentenceEn BAD_TEXT']);
  });

  it.each(['{"ImageID":""}', '{"ImageID":"1","rows":3}', '{"ImageID":"1","colour":"red"}', 'x'])(
    'have images of which %s says nothing',
    async (line) => {
      await expect(readImageFacts(chunks(line))).rejects.toThrow('--images: line 1');
    },
  );
});

describe('terms of a file', () => {
  const vocabulary: Vocabulary = {
    labels: new Set(),
    locations: new Set(['y']),
    progressionTerms: new Set(['new']),
  };

  it('are named once a row where the protocol lacks them, and adopted in their order', async () => {
    const [given] = casesIn(await collected(groundedRows(chunks(`[${study()}]`), new Map(), undefined)));
    if (given === undefined) throw new Error('no case');
    expect(unknownTerms(given, vocabulary).map(({ message }) => message)).toEqual([
      'the protocol has no label "x"',
      'the protocol has no location "left"',
    ]);
    const terms = new TermsToAdopt(vocabulary);
    terms.add(given);
    terms.add(given);
    expect(terms.count).toBe(2);
    expect(unknownTerms(given, terms.adopted)).toEqual([]);
    const protocol = {
      labels: [],
      locations: [{ term: 'y', laterality: null, codes: [] }],
      progressionTerms: ['new'],
      goldShare: 0.1,
    };
    expect(terms.extend(protocol as never)).toMatchObject({
      goldShare: 0.1,
      labels: [{ term: 'x' }],
      locations: [{ term: 'y' }, { term: 'left', laterality: 'LEFT' }],
      progressionTerms: ['new'],
    });
  });
});

describe('cases by the line', () => {
  const line = '{"externalKey":"k","subjectKey":"s","images":[{"key":"a"}]';

  it('keep coordinates as they stand, and take their place from the line', async () => {
    const read =
      ',"externalReads":[{"reader":"R","findings":[],"regions":[{"key":"x","imageKey":"a","system":"NORMALISED","x1":0.10,"y1":"0.2","x2":5e-1,"y2":1}]}]}';
    const [, given] = casesIn(await collected(caseLineRows(chunks(`${line}}\n\n${line}${read}`))));
    expect(given).toMatchObject({
      position: 2,
      priority: 0,
      externalReads: [{ regions: [{ x1: '0.10', y1: '0.2', x2: '5e-1', y2: '1' }] }],
    });
  });

  it('are named where their shape is another, and stop no other', async () => {
    const rows = await collected(
      caseLineRows(chunks(`${line},"colour":1}\n{\n${line},"clinical":{"sex":"female"}}\n${line}}`)),
    );
    expect(rows.map(codesOf)).toEqual([[' WRONG_SHAPE'], [' NOT_JSON'], ['clinical.sex WRONG_SHAPE'], []]);
  });
});
