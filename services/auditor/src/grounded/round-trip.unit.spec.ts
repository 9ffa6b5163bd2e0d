import { describe, expect, it } from '@jest/globals';
import { readGroundedReports, writeGroundedReports } from '@consilium/formats';
import type { StudyOfReads } from '@consilium/formats';
import type { CaseInput } from '@consilium/client';
import fc from 'fast-check';
import { caseOfStudy } from './case-of-study.ts';
import type { ExportedCase } from './reader-answers.ts';
import { studyOfConsensus, studyOfReads, type StudyOfCase } from './study-of-case.ts';

/*
 * A file goes in and comes out again. Between them stands the api as the property sees it: it keeps what it was sent, and gives it
 * back under ids of its own.
 */

type Annotation = ExportedCase['annotations'][number];

function exported(given: CaseInput): ExportedCase {
  const annotations = (given.externalReads ?? []).map(({ reader, findings, regions }, index): Annotation => ({
    id: `annotation ${String(index)}`,
    readId: `read ${String(index)}`,
    annotatorId: `annotator of ${reader}`,
    externalReader: reader,
    revision: 1,
    submittedAt: '2026-01-01T00:00:00.000Z',
    answer: 'FINDINGS',
    findings: findings.map(({ sentenceKey, ...finding }, place) => ({
      id: `finding ${String(place)}`,
      sentenceId: sentenceKey === undefined || sentenceKey === null ? null : `sentence ${sentenceKey}`,
      sentenceVersion: 1,
      statement: null,
      polarity: finding.polarity,
      labels: finding.labels,
      locations: finding.locations,
      progression: finding.progression ?? null,
      attributes: [],
      regionIds: finding.regions,
    })),
    regions: regions.map(({ key, imageKey, system, x1, y1, x2, y2 }) => ({
      id: key,
      imageId: `image ${imageKey}`,
      system,
      x1,
      y1,
      x2,
      y2,
      pixels: { x1: 0, y1: 0, x2: 1, y2: 1 },
    })),
    imageQualityFlags: [],
    reportQualityFlags: [],
  }));
  return {
    id: 'case',
    projectId: 'project',
    subjectId: 'subject',
    externalKey: given.externalKey,
    position: given.position,
    priority: 0,
    status: 'READING',
    importedAt: '2026-01-01T00:00:00.000Z',
    studyKey: given.studyKey ?? null,
    previousStudy: given.previousStudy ?? null,
    clinical: null,
    images: given.images.map(({ key }) => ({
      id: `image ${key}`,
      key,
      rows: 10_000,
      columns: 10_000,
      isSizeNominal: true,
      viewPosition: null,
      sopInstanceUid: null,
      description: null,
    })),
    sentences: (given.sentences ?? []).map(({ key, es, en }) => ({
      id: `sentence ${key}`,
      version: 1,
      origin: 'REPORT',
      machine: null,
      text: { es: es ?? null, en: en ?? null, erased: false },
    })),
    readsWanted: 2,
    readsSubmitted: annotations.length,
    annotations: annotations.toReversed(),
    consensus: null,
    received: given.received ?? null,
    formerSentences: [],
    adjudications: [],
  };
}

async function studiesIn(text: string): Promise<readonly StudyOfReads[]> {
  const studies: StudyOfReads[] = [];
  const chunks = async function* () {
    yield text;
  };
  for await (const row of readGroundedReports(chunks())) {
    if (row.kind !== 'study' || row.study.source !== 'reads') throw new Error(JSON.stringify(row));
    studies.push(row.study);
  }
  return studies;
}

const caseOf = (study: StudyOfReads): CaseInput => caseOfStudy(study, { position: 0, image: {}, machine: undefined });

/** As one line of a file of its own, or why there is none. */
async function textOf(made: StudyOfCase): Promise<string> {
  if (!made.ok) return made.why;
  const { study } = made;
  const studies = async function* () {
    if (study.source === 'reads') yield study;
  };
  let text = '';
  for await (const part of writeGroundedReports({ source: 'reads', studies: studies() })) text += part;
  return text;
}

const throughACase = async (json: string): Promise<readonly [before: string, after: string]> => {
  const [study] = await studiesIn(`[${json}]`);
  if (study === undefined) throw new Error('no study');
  return [await textOf({ ok: true, study }), await textOf(studyOfReads(exported(caseOf(study))))];
};

describe('a study that goes in and comes out', () => {
  it.each([
    [
      'a normal study',
      '{"StudyID":"1","ImageID":"1.png","PreviousStudyID":null,"PreviousImageID":null,"findings":[{"sentence_en":"No effusion.","sentence_es":"Sin derrame.","abnormal":false}]}',
    ],
    [
      'one with two readers',
      '{"StudyID":"1","ImageID":"1.png","PreviousStudyID":"0","PreviousImageID":"0.png","findings":[{"sentence_en":"Nodule.","sentence_es":"Nódulo.","abnormal":true,"boxes":[[5e-05,0.10,0.5,1]],"extra_boxes":[[0.1,0.1,0.50,0.9],[0,0,0.123456789012345678901,1E-1]],"labels":["nodule"],"locations":["right"],"progression":"stable"},{"sentence_en":"None.","sentence_es":"Nada.","abnormal":false}]}',
    ],
    ['no keys but those it needs', '{"findings":[],"ImageID":"i","StudyID":"s"}'],
    [
      'what is null, empty and blank',
      '{"StudyID":"1","ImageID":"1.png","PreviousStudyID":"","PreviousImageID":"x","findings":[{"sentence_es":"","sentence_en":"A","abnormal":true,"boxes":[],"extra_boxes":null,"labels":[],"locations":null,"progression":null},{"sentence_es":null,"sentence_en":"B","abnormal":true,"progression":""}]}',
    ],
    [
      'other readers, and members that nobody knows',
      '{"z":{"a":[1.0,null]},"StudyID":"1","consilium:study":{"k":1e3},"ImageID":"1.png","findings":[{"consilium:reads":[{"reader":"R2","boxes":[[0,0,1,1]],"w":1},{"boxes":[],"reader":"R1"}],"labels":["x","y"],"sentence_en":"A","abnormal":true,"q":"","extra_boxes":[[0,0,0.1,1]]}],"consilium:source":"reads"}',
    ],
  ])('is equal to the letter: %s', async (_name, json) => {
    const [before, after] = await throughACase(json);
    expect(after).toBe(before);
  });

  it('is equal to the letter, whatever it has', async () => {
    await fc.assert(
      fc.asyncProperty(anyStudyJson, async (json) => {
        const [before, after] = await throughACase(json);
        expect(after).toBe(before);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a study from a case', () => {
  it('has what people read here beside what came in, and never in its place', async () => {
    const [study] = await studiesIn(
      '[{"StudyID":"1","ImageID":"1.png","findings":[{"sentence_en":"A","abnormal":true,"boxes":[[0,0,1,1]],"labels":["x"]}]}]',
    );
    if (study === undefined) throw new Error('no study');
    const node = exported(caseOf(study));
    const [external] = node.annotations;
    if (external === undefined) throw new Error('no read');
    const ofPerson: Annotation = {
      ...external,
      readId: 'read 9',
      annotatorId: 'ann',
      externalReader: null,
      findings: external.findings.map((finding) => ({ ...finding, labels: ['y'] })),
      regions: external.regions.map((region) => ({
        ...region,
        system: 'PIXEL',
        x1: '2500',
        y1: '0',
        x2: '5000',
        y2: '10000',
      })),
    };
    const after = await textOf(studyOfReads({ ...node, annotations: [external, ofPerson] }));
    expect(JSON.parse(after)).toEqual([
      {
        StudyID: '1',
        ImageID: '1.png',
        findings: [
          {
            sentence_en: 'A',
            abnormal: true,
            boxes: [[0, 0, 1, 1]],
            labels: ['x'],
            'consilium:reads': [{ reader: 'ann', boxes: [[0.25, 0, 0.5, 1]] }],
          },
        ],
        'consilium:study': {
          reads: [
            {
              reader: 'ann',
              answer: 'FINDINGS',
              findings: [{ sentence: 0, polarity: 'POSITIVE', labels: ['y'], locations: [], progression: null }],
              imageQualityFlags: [],
              reportQualityFlags: [],
            },
          ],
        },
      },
    ]);
  });

  it('is left out where nobody answered a sentence, its texts were erased, or nothing is agreed on', async () => {
    const bare = exported({
      externalKey: 'k',
      subjectKey: 's',
      position: 0,
      images: [{ key: 'i' }],
      sentences: [{ key: '0', en: 'A' }],
    });
    expect(studyOfReads(bare)).toEqual({ ok: false, why: 'UNANSWERED' });
    expect(studyOfConsensus(bare)).toEqual({ ok: false, why: 'NO_CONSENSUS' });
    const erased = bare.sentences.map((sentence) => ({ ...sentence, text: { es: null, en: null, erased: true } }));
    expect(studyOfReads({ ...bare, sentences: erased })).toEqual({ ok: false, why: 'ERASED' });
    expect(studyOfReads({ ...bare, images: [...bare.images, ...bare.images] })).toEqual({ ok: false, why: 'NO_FORM' });
  });

  it('says of a consensus what was agreed on, in an order of its own and with no box of a single reader', async () => {
    const [study] = await studiesIn(
      '[{"ImageID":"i","StudyID":"s","findings":[{"abnormal":true,"sentence_en":"A","labels":["x"],"locations":["right"],"boxes":[[0,0,0.5,1]],"extra_boxes":[[0,0,0.4,1]]}]}]',
    );
    if (study === undefined) throw new Error('no study');
    const settled: ExportedCase = {
      ...exported(caseOf(study)),
      status: 'SETTLED',
      consensus: {
        id: 'consensus',
        outcome: 'SETTLED',
        methodName: 'm',
        methodVersion: '1',
        methodParameters: '{}',
        recordedAt: '2026-01-01T00:00:00.000Z',
        basedOnVersion: 4,
        regions: [
          {
            id: 'r',
            imageId: 'image i',
            sentenceId: 'sentence 0',
            decision: 'PRESENT',
            score: 1,
            supporters: 2,
            supportersOf: 2,
            members: [],
            box: { x1: 0, y1: 0, x2: 4_500, y2: 10_000 },
            label: 'x',
            attributes: [],
          },
        ],
        sentences: [{ sentenceId: 'sentence 0', version: 1, settled: true, polarity: 'POSITIVE' }],
      },
    };
    expect(studyOfConsensus(settled)).toMatchObject({
      ok: true,
      study: {
        source: 'consensus',
        findings: [{ boxes: [['0', '0', '0.45', '1']], labels: ['x'], locations: ['right'], progression: null }],
      },
    });
    const decided: ExportedCase = {
      ...settled,
      status: 'FINALISED',
      adjudications: [
        {
          id: 'adjudication',
          decidedAt: '2026-01-02T00:00:00.000Z',
          votes: [
            {
              annotationId: 'vote',
              isAdopted: true,
              findings: [
                {
                  sentenceId: 'sentence 0',
                  polarity: 'NEGATIVE',
                  labels: [],
                  locations: [],
                  progression: null,
                  regionIds: [],
                },
              ],
              regions: [],
            },
          ],
        },
      ],
    };
    const made = studyOfConsensus(decided);
    expect(made).toMatchObject({ ok: true, study: { findings: [{ abnormal: false, sentenceEn: 'A' }] } });
    expect(JSON.stringify(made)).not.toContain('boxes');
  });
});

const number = fc
  .tuple(fc.nat(499), fc.constantFrom(3, 7, 20))
  .map(([value, digits]) => (value / 1_000).toFixed(digits));
const farther = fc.integer({ min: 500, max: 1_000 }).map((value) => `${String(value)}e-3`);
const box = fc.tuple(number, number, farther, farther).map((edges) => `[${edges.join(',')}]`);
const list = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(',')}]`);
const nullOr = (value: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('null') }, { weight: 4, arbitrary: value });
const text = fc.string({ maxLength: 12, unit: 'grapheme' }).map((value) => JSON.stringify(value));
const filledText = text.map((value) => JSON.stringify(`x${String(JSON.parse(value))}`));
const terms = fc.uniqueArray(filledText, { maxLength: 3 }).map((items) => `[${items.join(',')}]`);
const others = fc.dictionary(
  fc.constantFrom('note', 'Group', 'z'),
  fc.constantFrom('1.50', '"a"', '{"b":[null,{}]}', '{}'),
  { maxKeys: 2 },
);

const object = (
  required: Readonly<Record<string, fc.Arbitrary<string>>>,
  optional: Readonly<Record<string, fc.Arbitrary<string>>>,
): fc.Arbitrary<string> =>
  fc
    .tuple(fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) }), others, fc.nat())
    .map(([members, more, turn]) => {
      const all = Object.entries({ ...members, ...more });
      const first = turn % Math.max(1, all.length);
      const turned = [...all.slice(first), ...all.slice(0, first)];
      return `{${turned.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
    });

const reads = fc
  .uniqueArray(fc.constantFrom('R1', 'R2', 'R3'), { maxLength: 3 })
  .chain((names) =>
    fc.tuple(...names.map((name) => object({ reader: fc.constant(`"${name}"`), boxes: list(box) }, {}))),
  )
  .map((items) => `[${items.join(',')}]`);
const anyFinding = object(
  { sentence_es: filledText, abnormal: fc.constantFrom('true', 'false') },
  {
    sentence_en: nullOr(text),
    boxes: nullOr(list(box)),
    extra_boxes: nullOr(list(box)),
    labels: nullOr(terms),
    locations: nullOr(terms),
    progression: nullOr(text),
    'consilium:reads': reads,
  },
);
const anyStudyJson = object(
  { StudyID: filledText, ImageID: filledText, findings: list(anyFinding) },
  {
    PreviousStudyID: nullOr(text),
    PreviousImageID: nullOr(text),
    'consilium:source': fc.constant('"reads"'),
    'consilium:study': fc.constantFrom('null', '{}', '[1]', '{"reads":[]}'),
  },
);
