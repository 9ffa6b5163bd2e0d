import type { CaseInput } from '@consilium/client';
import { readJsonLines } from '@consilium/formats';
import type { FileChunks, JsonValue } from '@consilium/formats';
import { z } from 'zod';
import { type ImportRow, type RowProblem, textProblemsOf } from './import-row.ts';

/*
 * One case a line, by the names of `CaseInput` in the schema of the api. Whatever it holds besides its shape the api judges; coordinates
 * may be numbers too, and keep the text that they have in the file.
 */

const whole = z.int();
const text = z.string();
const region = z.strictObject({
  key: text,
  imageKey: text,
  system: z.enum(['PIXEL', 'NORMALISED']),
  x1: text,
  y1: text,
  x2: text,
  y2: text,
});
const finding = z.strictObject({
  sentenceKey: text.nullish(),
  polarity: z.enum(['POSITIVE', 'NEGATIVE', 'UNCERTAIN']),
  labels: z.array(text).default([]),
  locations: z.array(text).default([]),
  progression: text.nullish(),
  regions: z.array(text).default([]),
});

const caseLine = z.strictObject({
  externalKey: text,
  subjectKey: text,
  position: whole.optional(),
  priority: whole.default(0),
  studyKey: text.nullish(),
  previousStudy: z.strictObject({ studyKey: text, imageKeys: z.array(text) }).nullish(),
  clinical: z
    .strictObject({
      ageYears: whole.nullish(),
      sex: z.enum(['FEMALE', 'MALE', 'OTHER']).nullish(),
      modality: z.enum(['CR', 'DX', 'CT', 'MR', 'US', 'MG', 'NM', 'PT', 'RF', 'XA', 'OT']).nullish(),
      bodyPart: z
        .enum(['ABDOMEN', 'ARM', 'BREAST', 'CHEST', 'HEAD', 'HEART', 'LEG', 'NECK', 'PELVIS', 'SPINE', 'WHOLE_BODY'])
        .nullish(),
      careSetting: z.enum(['EMERGENCY', 'INPATIENT', 'INTENSIVE_CARE', 'OUTPATIENT', 'SCREENING']).nullish(),
      heightCm: whole.nullish(),
      weightKg: whole.nullish(),
      daysSincePrevious: whole.nullish(),
    })
    .nullish(),
  images: z.array(
    z.strictObject({
      key: text,
      rows: whole.nullish(),
      columns: whole.nullish(),
      sopInstanceUid: text.nullish(),
      description: text.nullish(),
      viewPosition: z.enum(['AP', 'PA', 'LL', 'RL', 'RLD', 'LLD', 'RLO', 'LLO']).nullish(),
    }),
  ),
  sentences: z
    .array(
      z.strictObject({
        key: text,
        es: text.nullish(),
        en: text.nullish(),
        origin: z.enum(['REPORT', 'MACHINE', 'PERSON']).default('REPORT'),
        machine: z.strictObject({ model: text, version: text.nullish() }).nullish(),
      }),
    )
    .default([]),
  externalReads: z
    .array(z.strictObject({ reader: text, findings: z.array(finding), regions: z.array(region).default([]) }))
    .nullish(),
  received: text.nullish(),
});

const problemsShown = 50;

/** JSON lines, row by row, in memory bounded by one line. A row without a position has that of its line. */
export async function* caseLineRows(chunks: FileChunks): AsyncGenerator<ImportRow> {
  for await (const line of readJsonLines(chunks)) {
    const place = { row: line.row, byteOffset: line.byteOffset };
    if (line.kind === 'problems') {
      yield { ...place, kind: 'problems', problems: line.problems };
      continue;
    }
    const parsed = caseLine.safeParse(plainWithDecimals(line.value));
    if (parsed.success) {
      // What is optional is left out by the parser, never given as undefined.
      const given = { ...parsed.data, position: parsed.data.position ?? line.row } as CaseInput;
      const problems = textProblemsOf(given);
      yield problems.length > 0
        ? { ...place, kind: 'problems', externalKey: given.externalKey, problems }
        : { ...place, kind: 'case', case: given };
    } else {
      const problems = parsed.error.issues.slice(0, problemsShown).map((issue): RowProblem => ({
        path: issue.path.map(String).join('.'),
        code: 'WRONG_SHAPE',
        message: issue.message,
      }));
      yield { ...place, kind: 'problems', problems };
    }
  }
}

const coordinates: ReadonlySet<string> = new Set(['x1', 'y1', 'x2', 'y2']);

/** As JSON.parse gives it, but a coordinate as the text that it has: a double would not give back "0.10". */
function plainWithDecimals(value: JsonValue, key = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'number':
      return coordinates.has(key) ? value.text : Number(value.text);
    case 'array':
      return value.items.map((item) => plainWithDecimals(item));
    case 'object':
      return Object.fromEntries(
        value.members.map((member) => [member.key, plainWithDecimals(member.value, member.key)]),
      );
  }
}
