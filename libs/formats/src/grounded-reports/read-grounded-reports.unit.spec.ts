import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { problemsShown } from '../format-problem.ts';
import { anyJson, anyText } from '../json/any-json.spec.ts';
import { chunksOf, collect } from '../json/chunks.spec.ts';
import type { JsonMember, JsonValue } from '../json/json-value.ts';
import { writeJson } from '../json/json-value.ts';
import { anyStudiesOfReads } from './any-study.spec.ts';
import { jsonOfStudy } from './json-of-study.ts';
import { readGroundedReports } from './read-grounded-reports.ts';
import type { GroundedReportRow, GroundedReportsOptions } from './read-grounded-reports.ts';

const finding = '{"sentence_es":"Derrame.","abnormal":true';

describe('reading grounded reports', () => {
  it.each([
    ['1', '', 'WRONG_TYPE'],
    ['null', '', 'WRONG_TYPE'],
    ['[]', '', 'WRONG_TYPE'],
    ['{"ImageID":"i","findings":[]}', 'StudyID', 'MISSING'],
    ['{"StudyID":" ","ImageID":"i","findings":[]}', 'StudyID', 'MISSING'],
    ['{"StudyID":7,"ImageID":"i","findings":[]}', 'StudyID', 'WRONG_TYPE'],
    ['{"StudyID":"s","ImageID":null,"findings":[]}', 'ImageID', 'WRONG_TYPE'],
    ['{"StudyID":"s","ImageID":"i"}', 'findings', 'MISSING'],
    ['{"StudyID":"s","ImageID":"i","findings":null}', 'findings', 'WRONG_TYPE'],
    ['{"StudyID":"s","ImageID":"i","PreviousStudyID":3,"findings":[]}', 'PreviousStudyID', 'WRONG_TYPE'],
    ['{"StudyID":"s","ImageID":"i","findings":[],"consilium:source":"both"}', 'consilium:source', 'WRONG_TYPE'],
    ['{"StudyID":"s","ImageID":"i","findings":[],"a":[{"b":1,"b":1}]}', 'a[0].b', 'REPEATED_KEY'],
    ['{"StudyID":"s","ImageID":"i","findings":[],"a":NaN}', '', 'NOT_JSON'],
    ['{"StudyID":"s","ImageID":"i","findings":[],}', '', 'NOT_JSON'],
  ])('refuses the study %s: %s %s', async (text, path, code) => {
    expect(await problemsOf(text)).toEqual([{ path, code, message: expect.any(String) }]);
  });

  it.each([
    ['7', 'findings[0]', 'WRONG_TYPE'],
    ['{"abnormal":true}', 'findings[0]', 'MISSING'],
    ['{"sentence_en":"","sentence_es":" ","abnormal":true}', 'findings[0]', 'MISSING'],
    ['{"sentence_en":"Effusion.","sentence_es":4,"abnormal":true}', 'findings[0].sentence_es', 'WRONG_TYPE'],
    ['{"sentence_es":"Derrame."}', 'findings[0].abnormal', 'MISSING'],
    ['{"sentence_es":"Derrame.","abnormal":"true"}', 'findings[0].abnormal', 'WRONG_TYPE'],
    [`${finding},"boxes":{}}`, 'findings[0].boxes', 'WRONG_TYPE'],
    [`${finding},"boxes":[0,0,1,1]}`, 'findings[0].boxes[0]', 'NOT_A_BOX'],
    [`${finding},"boxes":[[0,0,1]]}`, 'findings[0].boxes[0]', 'NOT_A_BOX'],
    [`${finding},"boxes":[[0,0,1,1,1]]}`, 'findings[0].boxes[0]', 'NOT_A_BOX'],
    [`${finding},"boxes":[[0,0,1,"1"]]}`, 'findings[0].boxes[0]', 'NOT_A_BOX'],
    [`${finding},"boxes":[[0,0,1,null]]}`, 'findings[0].boxes[0]', 'NOT_A_BOX'],
    [`${finding},"boxes":[[0,0,1,1],[0,0,1,1.01]]}`, 'findings[0].boxes[1]', 'OUTSIDE_IMAGE'],
    [`${finding},"boxes":[[-1e-9,0,1,1]]}`, 'findings[0].boxes[0]', 'OUTSIDE_IMAGE'],
    [`${finding},"boxes":[[0,0,1,1e400]]}`, 'findings[0].boxes[0]', 'OUTSIDE_IMAGE'],
    [`${finding},"boxes":[[0.5,0,0.4,1]]}`, 'findings[0].boxes[0]', 'REVERSED_CORNERS'],
    [`${finding},"boxes":[[0,0.5,1,0.50]]}`, 'findings[0].boxes[0]', 'ZERO_AREA'],
    [`${finding},"extra_boxes":[[1,0,1,1]]}`, 'findings[0].extra_boxes[0]', 'ZERO_AREA'],
    [`${finding},"labels":"pleural effusion"}`, 'findings[0].labels', 'WRONG_TYPE'],
    [`${finding},"locations":["right",null]}`, 'findings[0].locations[1]', 'WRONG_TYPE'],
    [`${finding},"progression":[]}`, 'findings[0].progression', 'WRONG_TYPE'],
    [`${finding},"consilium:reads":null}`, 'findings[0].consilium:reads', 'WRONG_TYPE'],
    [`${finding},"consilium:reads":[4]}`, 'findings[0].consilium:reads[0]', 'WRONG_TYPE'],
    [`${finding},"consilium:reads":[{"reader":"a"}]}`, 'findings[0].consilium:reads[0].boxes', 'MISSING'],
    [
      `${finding},"consilium:reads":[{"reader":"a","boxes":[]},{"reader":"a","boxes":[]}]}`,
      'findings[0].consilium:reads[1].reader',
      'REPEATED_READER',
    ],
  ])('refuses the finding %s: %s %s', async (text, path, code) => {
    const problems = await problemsOf(`{"StudyID":"s","ImageID":"i","findings":[${text}]}`);
    expect(problems[0]).toEqual({ path, code, message: expect.any(String) });
  });

  it.each(['extra_boxes', 'consilium:reads'])('refuses %s in a consensus', async (key) => {
    const text = `{"StudyID":"s","ImageID":"i","consilium:source":"consensus","findings":[${finding},"${key}":[]}]}`;
    expect(await problemsOf(text)).toMatchObject([{ path: `findings[0].${key}`, code: 'MIXED_SOURCES' }]);
  });

  it('finds all problems of a row at once, up to a limit, and reads the rows around it', async () => {
    const bad = `{"ImageID":"i","findings":[${finding},"boxes":[7],"labels":1}]}`;
    const hostile = `{"StudyID":"h","ImageID":"i","findings":[${Array.from({ length: 500 }, () => '0').join()}]}`;
    const rows = await read(`[${study('a')},${bad},${hostile},${study('b')}]`);
    expect(rows.map(({ kind }) => kind)).toEqual(['study', 'problems', 'problems', 'study']);
    expect(problemsIn(rows, 1).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'StudyID MISSING',
      'findings[0].boxes[0] NOT_A_BOX',
      'findings[0].labels WRONG_TYPE',
    ]);
    expect(problemsIn(rows, 2)).toHaveLength(problemsShown);
  });

  it('reports the second of two equal studies; another image of the study is another row', async () => {
    const rows = await read(`[${study('a')},${study('b')},${study('a')},${study('a', 'other.png')}]`);
    expect(rows.map(({ kind }) => kind)).toEqual(['study', 'study', 'problems', 'study']);
    expect(problemsIn(rows, 2)).toMatchObject([{ path: '', code: 'REPEATED_STUDY' }]);
  });

  it('reports a study of consensus among reads', async () => {
    const consensus = '{"StudyID":"c","ImageID":"i","findings":[],"consilium:source":"consensus"}';
    const rows = await read(`[${study('a')},${consensus},${study('b')}]`);
    expect(rows.map(({ kind }) => kind)).toEqual(['study', 'problems', 'study']);
    expect(problemsIn(rows, 1)).toMatchObject([{ path: 'consilium:source', code: 'MIXED_SOURCES' }]);
  });

  it('passes over a study beyond the limit, and says so', async () => {
    const rows = await read(`[${study('a')},${study('b'.repeat(100))},${study('c')}]`, { maxStudyBytes: 100 });
    expect(rows.map(({ kind }) => kind)).toEqual(['study', 'problems', 'study']);
    expect(problemsIn(rows, 1)).toMatchObject([{ path: '', code: 'TOO_LARGE' }]);
  });

  it('gives the rows before the place where a file breaks off', async () => {
    const text = `[${study('a')},${study('b')},${study('c')}]`;
    const rows = await read(text.slice(0, -5));
    expect(rows.map(({ kind }) => kind)).toEqual(['study', 'study', 'broken']);
    expect(rows[2]).toMatchObject({ code: 'TRUNCATED', row: 2, byteOffset: text.length - 5 });
  });

  it('refuses half a character in a text that came as text', async () => {
    const rows = await read(`[${study('a\ud83e')},${study('b')}]`);
    expect(problemsIn(rows, 0)).toMatchObject([{ code: 'NOT_UTF8' }]);
    expect(rows[1]).toMatchObject({ kind: 'study', row: 1 });
  });

  it('answers any bytes with rows, and never throws', async () => {
    const anyPart = fc.oneof(
      anyText.map((text) => Buffer.from(text, 'utf8')),
      fc.uint8Array({ maxLength: 6 }),
      fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', ':', 'NaN').map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(anyStudiesOfReads, fc.nat(), fc.nat(40), anyPart, async (studies, at, removed, inserted) => {
        const whole = Buffer.from(writeJson({ kind: 'array', items: studies.map(jsonOfStudy) }), 'utf8');
        const cut = at % (whole.length + 1);
        const damaged = [whole.subarray(0, cut), inserted, whole.subarray(cut + removed)];
        const rows = await collect(readGroundedReports(chunksOf(...damaged)));
        expect(rows.map(({ row }) => row)).toEqual([...rows.keys()]);
        expect(rows.slice(0, -1).every(({ kind }) => kind !== 'broken')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('answers any JSON in the place of any value with rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyStudiesOfReads, anyJson, fc.nat(), async (studies, intruder, at) => {
        const items = studies.map(jsonOfStudy).map((value) => replaced(value, intruder, at));
        const rows = await read(writeJson({ kind: 'array', items }));
        expect(rows.map(({ kind }) => kind)).not.toContain('broken');
        expect(rows).toHaveLength(items.length);
      }),
      { numRuns: 300 },
    );
  });

  it('passes on what the source of the file throws', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield `[${study('a')},`;
      throw new Error('disk gone');
    }
    await expect(collect(readGroundedReports(failing()))).rejects.toThrow('disk gone');
  });
});

const study = (id: string, image = 'i.png'): string => `{"StudyID":"${id}","ImageID":"${image}","findings":[]}`;

const read = async (text: string, options?: GroundedReportsOptions): Promise<readonly GroundedReportRow[]> =>
  collect(readGroundedReports(chunksOf(text), options));

async function problemsOf(text: string): Promise<readonly { readonly path: string; readonly code: string }[]> {
  return problemsIn(await read(`[${text}]`), 0);
}

function problemsIn(
  rows: readonly GroundedReportRow[],
  row: number,
): readonly { readonly path: string; readonly code: string }[] {
  const found = rows[row];
  if (found?.kind !== 'problems') throw new Error(`row ${String(row)} is ${JSON.stringify(found)}`);
  return found.problems;
}

/** Puts another value in the place of one within. */
function replaced(value: JsonValue, intruder: JsonValue, at: number): JsonValue {
  if (value === null || typeof value !== 'object' || value.kind === 'number') return intruder;
  const size = value.kind === 'array' ? value.items.length : value.members.length;
  const chosen = at % (size + 1);
  if (chosen === size) return intruder;
  const rest = Math.floor(at / (size + 1));
  if (value.kind === 'array') {
    return {
      kind: 'array',
      items: value.items.map((item, n) => (n === chosen ? replaced(item, intruder, rest) : item)),
    };
  }
  const members = value.members.map((member, n): JsonMember =>
    n === chosen ? { key: member.key, value: replaced(member.value, intruder, rest) } : member,
  );
  return { kind: 'object', members };
}
