import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyChoices, meaningOf, writeFreely } from '../json/any-json.spec.ts';
import { chunksOf, collect, waysToCut } from '../json/chunks.spec.ts';
import { anyOthers, anyStudiesOfConsensus, anyStudiesOfReads, disguise } from './any-study.spec.ts';
import type { GroundedReports, GroundedStudy, StudyOfConsensus, StudyOfReads } from './grounded-study.ts';
import { jsonOfStudy } from './json-of-study.ts';
import { readGroundedReports } from './read-grounded-reports.ts';
import type { GroundedReportRow } from './read-grounded-reports.ts';
import { writeGroundedReports } from './write-grounded-reports.ts';

const anyStudies: fc.Arbitrary<readonly GroundedStudy[]> = fc.oneof(anyStudiesOfReads, anyStudiesOfConsensus);

describe('grounded reports', () => {
  it('reads what was written', async () => {
    await fc.assert(
      fc.asyncProperty(anyStudies, async (studies) => {
        const read = await studiesIn(await textOf(studies));
        expect(read.map(withoutReceived)).toEqual(studies);
      }),
    );
  });

  it('writes what was read: every number as it stood, every key in its order, what was absent absent', async () => {
    await fc.assert(
      fc.asyncProperty(anyStudies, anyOthers, fc.nat(20), anyChoices, async (studies, others, turn, choices) => {
        const items = studies.map((study) => disguise(jsonOfStudy(study), others, turn));
        const text = writeFreely({ kind: 'array', items }, choices);
        const read = await studiesIn(text);
        const written = await textOf(read);
        expect(meaningOf(written)).toEqual(meaningOf(text));
        expect(await studiesIn(written)).toEqual(read);
      }),
    );
  });

  it('reads the same wherever the file is cut, within characters too', async () => {
    const text =
      '\ufeff[ {"StudyID":"s\\u00f1\\"]","ImageID":"ñ🫁.png","🫁":[{}, [-0.10E-2, "\\\\"]],"findings":\r\n' +
      '[{"sentence_es":"Ángulo costofrénico.","abnormal":true,"boxes":[[0.10, 1e-3,0.5 ,1]]}]},7 , "ñ", {"a":NaN}]\n';
    const whole = await collect(readGroundedReports(chunksOf(text)));
    expect(whole.map(({ kind }) => kind)).toEqual(['study', 'problems', 'problems', 'problems']);
    for (const chunks of waysToCut(text)) expect(await collect(readGroundedReports(chunks))).toEqual(whole);
  });

  it('reads the same byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(anyStudies, anyChoices, async (studies, choices) => {
        const text = writeFreely({ kind: 'array', items: studies.map(jsonOfStudy) }, choices);
        const bytes = Array.from(Buffer.from(text, 'utf8'), (byte) => Uint8Array.of(byte));
        expect((await collect(readGroundedReports(chunksOf(...bytes)))).map(studyOf)).toEqual(await studiesIn(text));
      }),
    );
  });

  it('keeps the order of unknown keys that look like indices', async () => {
    const text = '[{"StudyID":"s","2":0.10,"ImageID":"i","1":[1e-3],"findings":[]}]';
    expect((await textOf(await studiesIn(text))).replaceAll('\n', '')).toBe(text);
  });

  it('writes fresh studies in the shape of the published file', async () => {
    const study: StudyOfReads = {
      source: 'reads',
      studyId: 's',
      imageId: 'i.png',
      previousStudyId: null,
      previousImageId: null,
      findings: [
        { sentenceEn: 'No effusion.', sentenceEs: 'Sin derrame.', abnormal: false },
        {
          sentenceEn: 'Right effusion.',
          sentenceEs: 'Derrame derecho.',
          abnormal: true,
          boxes: [['0.10', '1e-3', '0.30000000000000004', '1']],
          extraBoxes: [],
          labels: ['pleural effusion'],
          locations: ['right'],
          progression: null,
          reads: [{ reader: 'r3', boxes: [['0', '0', '1', '1.0']] }],
        },
      ],
    };
    expect(await textOf([study])).toBe(
      '[\n{"StudyID":"s","ImageID":"i.png","PreviousStudyID":null,"PreviousImageID":null,"findings":[' +
        '{"sentence_en":"No effusion.","sentence_es":"Sin derrame.","abnormal":false},' +
        '{"sentence_en":"Right effusion.","sentence_es":"Derrame derecho.","abnormal":true,' +
        '"boxes":[[0.10,1e-3,0.30000000000000004,1]],"extra_boxes":[],"labels":["pleural effusion"],' +
        '"locations":["right"],"progression":null,"consilium:reads":[{"reader":"r3","boxes":[[0,0,1,1.0]]}]}]}\n]\n',
    );
    expect(await textOf([])).toBe('[]\n');
  });
});

async function studiesIn(text: string): Promise<readonly GroundedStudy[]> {
  const rows = await collect(readGroundedReports(chunksOf(Buffer.from(text, 'utf8'))));
  return rows.map(studyOf);
}

function studyOf(row: GroundedReportRow): GroundedStudy {
  if (row.kind !== 'study') throw new Error(JSON.stringify(row));
  return row.study;
}

async function textOf(studies: readonly GroundedStudy[]): Promise<string> {
  const texts = await collect(writeGroundedReports(reportsOf(studies)));
  return texts.join('');
}

function reportsOf(studies: readonly GroundedStudy[]): GroundedReports {
  const isConsensus = studies.some(({ source }) => source === 'consensus');
  return isConsensus
    ? {
        source: 'consensus',
        studies: eachOf(studies.filter((study): study is StudyOfConsensus => study.source === 'consensus')),
      }
    : { source: 'reads', studies: eachOf(studies.filter((study): study is StudyOfReads => study.source === 'reads')) };
}

async function* eachOf<Study>(studies: readonly Study[]): AsyncGenerator<Study> {
  yield* studies;
}

/** Everything but {@link ReceivedMembers}. */
function withoutReceived(study: GroundedStudy): unknown {
  return JSON.parse(JSON.stringify(study), (_key, value: unknown) => {
    if (value === null || typeof value !== 'object' || !('received' in value)) return value;
    const { received: _received, ...rest } = value;
    return rest;
  });
}
