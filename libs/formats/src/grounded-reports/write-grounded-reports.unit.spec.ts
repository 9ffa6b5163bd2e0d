import { describe, expect, it } from '@jest/globals';
import { NotAJsonNumber } from '../json/json-value.ts';
import type { FindingOfConsensus, FindingOfReads, GroundedReports, StudyOfReads } from './grounded-study.ts';
import { StudyNotWritable, writeGroundedReports } from './write-grounded-reports.ts';

describe('writing grounded reports', () => {
  it('says that a consensus is one', async () => {
    const [text] = await write({
      source: 'consensus',
      studies: eachOf({ source: 'consensus', studyId: 's', imageId: 'i', findings: [] } as const),
    });
    expect(text).toBe('[\n{"StudyID":"s","ImageID":"i","findings":[],"consilium:source":"consensus"}');
  });

  it('takes no single reader for a consensus, which the compiler sees', () => {
    const ofReads: FindingOfReads = { sentenceEs: 'Derrame.', abnormal: true, boxes: [], extraBoxes: [], reads: [] };
    // @ts-expect-error a finding of reads is none of a consensus
    const ofConsensus: FindingOfConsensus = ofReads;
    // @ts-expect-error reads are given for a consensus
    const reports: GroundedReports = { source: 'consensus', studies: eachOf(study('s')) };
    expect([ofConsensus, reports.source]).toEqual([ofReads, 'consensus']);
  });

  it('refuses a study of the other source, should types have been got round', async () => {
    const reports = { source: 'consensus', studies: eachOf(study('s')) } as unknown as GroundedReports;
    await expect(write(reports)).rejects.toMatchObject({ row: 0, problems: [{ code: 'MIXED_SOURCES' }] });
  });

  it('refuses what could not be read back, and names the study', async () => {
    const boxes = (...box: [string, string, string, string]): readonly FindingOfReads[] => [
      { sentenceEs: 'Derrame.', abnormal: true, boxes: [box] },
    ];
    const cases = [
      [study('b', boxes('0', '0', '1', '1.0000000000000002')), 'OUTSIDE_IMAGE'],
      [study('b', boxes('0', '0', '0', '1')), 'ZERO_AREA'],
      [study('b', [{ abnormal: true }]), 'MISSING'],
      [study('a'), 'REPEATED_STUDY'],
      [study('b'.repeat(9_000_000)), 'TOO_LARGE'],
    ] as const;
    for (const [bad, code] of cases) {
      const refusal = await write({ source: 'reads', studies: eachOf(study('a'), bad) }).catch(
        (error: unknown) => error,
      );
      expect(refusal).toBeInstanceOf(StudyNotWritable);
      expect(refusal).toMatchObject({ row: 1, problems: [{ code }] });
    }
  });

  it.each(['0,5', 'NaN', '', '1],[0'])('refuses %j for an edge', async (edge) => {
    const finding: FindingOfReads = { sentenceEs: 'Derrame.', abnormal: true, boxes: [['0', '0', edge, '1']] };
    await expect(write({ source: 'reads', studies: eachOf(study('s', [finding])) })).rejects.toThrow(NotAJsonNumber);
  });

  it('asks for a study only when the one before has been taken', async () => {
    let asked = 0;
    async function* counted(): AsyncGenerator<StudyOfReads> {
      for (; asked < 1_000;) {
        asked += 1;
        yield study(String(asked));
      }
    }
    const written = writeGroundedReports({ source: 'reads', studies: counted() });
    await written.next();
    await written.next();
    expect(asked).toBe(2);
  });
});

const study = (studyId: string, findings: readonly FindingOfReads[] = []): StudyOfReads => ({
  source: 'reads',
  studyId,
  imageId: 'i',
  findings,
});

async function write(reports: GroundedReports): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of writeGroundedReports(reports)) texts.push(text);
  return texts;
}

async function* eachOf<Study>(...studies: readonly Study[]): AsyncGenerator<Study> {
  yield* studies;
}
