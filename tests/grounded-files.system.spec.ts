import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsiliumClient, createProject } from '@consilium/client';
import { syntheticStudies, writeSyntheticFile } from '@consilium/demo';
import { drained } from './bench/submit.ts';
import { Endings } from './harness/endings.ts';
import { type CommandResult, runConsilium } from './harness/run-consilium.ts';
import { serversOfRun, startSystem, type SystemUnderTest } from './harness/system-under-test.ts';

const studies = 250;

/** A file of grounded reports goes in by the command line, and comes out equal to it. */
describe('files of grounded reports', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let projectId: string;
  let given: string;

  const fileOf = (name: string): string => join(system.folder, name);
  const consilium = async (role: 'lead' | 'auditor', ...args: readonly string[]): Promise<CommandResult> =>
    runConsilium({}, ...args, '--url', system.api.url, '--token', system.person(role).token);
  const importFile = async (...args: readonly string[]): Promise<CommandResult> =>
    consilium('lead', 'import', fileOf('given.json'), '--project', projectId, '--json', ...args);
  const exportFile = async (of: 'reads' | 'consensus'): Promise<string> => {
    await drained(system);
    const output = fileOf(`${of}.json`);
    const args = ['--project', projectId, '--recipient', 'us', '--purpose', 'a test', '--output', output];
    const result = await consilium('auditor', 'export', '--format', 'padchest-gr', '--of', of, ...args);
    if (result.exitCode !== 0) throw new Error(result.stderr);
    return readFile(output, 'utf8');
  };
  const linesIn = async (name: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    (await readFile(fileOf(name), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

  beforeAll(async () => {
    system = await startSystem(serversOfRun());
    endings.add(() => system.stop());
    const lead = new ConsiliumClient({ url: `${system.api.url}/graphql`, token: system.person('lead').token });
    const protocol = { readsPerCase: 2, readsMaximum: 2 };
    const input = { commandId: randomUUID(), name: 'Grounded reports', protocol };
    const { createProject: created } = await lead.request(createProject, { input });
    if (created.__typename !== 'ProjectCreated') throw new Error(created.__typename);
    ({ projectId } = created);
    await writeSyntheticFile(fileOf('given.json'), { studies });
    // Beside what the synthetic file has: decimals as programs write them, keys in another order, members that nobody knows.
    const odd =
      '{"ImageID":"odd.png","StudyID":"odd","findings":[{"abnormal":true,"sentence_en":"A nodule.","boxes":[[5e-05,0.10,0.123456789012345678901,1]],"extra_boxes":[],"labels":["nodule"],"Group":{"x":1.50},"consilium:reads":[{"reader":"R3","boxes":[[0,0,1,1]]}]}],"year":2024.0}';
    given = (await readFile(fileOf('given.json'), 'utf8')).replace('[\n', `[\n${odd},\n`);
    await writeFile(fileOf('given.json'), given);
    await drained(system);
  });
  afterAll(async () => endings.run());

  it('are refused row by row where the protocol lacks their terms, which are named', async () => {
    const { exitCode, stdout } = await importFile('--errors', fileOf('errors.jsonl'));
    expect(exitCode).toBe(5);
    const counts = JSON.parse(stdout) as { imported: number; refused: number };
    const lines = await linesIn('errors.jsonl');
    expect(lines).toHaveLength(counts.refused);
    expect(counts.imported + counts.refused).toBe(studies + 1);
    // Who has no positive sentence uses no term.
    expect(counts.imported).toBeGreaterThan(0);
    expect(lines[0]).toMatchObject({
      row: 0,
      byteOffset: 2,
      outcome: 'INVALID',
      externalKey: 'odd/odd.png',
      problems: [{ code: 'UNKNOWN_TERM', message: 'the protocol has no label "nodule"' }],
    });
  });

  it('come in with their vocabulary, once, and the same again without a change', async () => {
    await drained(system);
    const first = await importFile('--adopt-vocabulary');
    expect(first).toMatchObject({ exitCode: 0 });
    const counts = JSON.parse(first.stdout) as { imported: number; unchanged: number; termsAdopted: number };
    expect(counts.imported + counts.unchanged).toBe(studies + 1);
    expect(counts.termsAdopted).toBeGreaterThan(10);
    const again = await importFile('--adopt-vocabulary');
    expect(JSON.parse(again.stdout)).toEqual({
      imported: 0,
      unchanged: studies + 1,
      refused: 0,
      isBroken: false,
      termsAdopted: 0,
    });
  });

  it('come out equal to what went in: order, decimals as received, absent keys absent', async () => {
    const [before, after] = [given.split('\n'), (await exportFile('reads')).split('\n')];
    // Not whole files in a message: the first line that differs says enough.
    const place = before.findIndex((line, index) => line !== after[index]);
    expect([place, after[place]]).toEqual([-1, before[place]]);
    expect(after).toHaveLength(before.length);
  });

  it('come out as a consensus of those that were read twice and agree, and nothing of single readers', async () => {
    const text = await exportFile('consensus');
    const settled = JSON.parse(text) as readonly { readonly StudyID: string; readonly 'consilium:source': string }[];
    expect(settled.length).toBeGreaterThan(5);
    expect(new Set(settled.map((study) => study['consilium:source']))).toEqual(new Set(['consensus']));
    expect(text).not.toContain('extra_boxes');
    const readTwice = new Set(
      [...syntheticStudies({ studies })]
        .filter(({ study }) => study.findings.some(({ extraBoxes }) => (extraBoxes ?? []).length > 0))
        .map(({ study }) => study.studyId),
    );
    readTwice.add('odd');
    expect(settled.filter(({ StudyID }) => !readTwice.has(StudyID))).toEqual([]);
  });

  it('say where they break off, and all before that came in', async () => {
    await writeFile(fileOf('given.json'), given.slice(0, given.lastIndexOf('"findings"')));
    const { exitCode, stdout } = await importFile('--errors', fileOf('broken.jsonl'));
    expect(exitCode).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ imported: 0, unchanged: studies, isBroken: true });
    expect(await linesIn('broken.jsonl')).toMatchObject([{ row: studies, problems: [{ code: 'TRUNCATED' }] }]);
  });

  it('of our own kind take any case, a line each', async () => {
    const line = {
      externalKey: 'line 1',
      subjectKey: 'person 1',
      clinical: { ageYears: 61, sex: 'MALE' },
      images: [{ key: 'a', rows: 10, columns: 10 }],
      sentences: [{ key: '1', es: 'Nódulo.' }],
      externalReads: [
        {
          reader: 'R9',
          findings: [{ sentenceKey: '1', polarity: 'POSITIVE', labels: ['nodule'], regions: ['x'] }],
          regions: [{ key: 'x', imageKey: 'a', system: 'PIXEL', x1: 1, y1: 2, x2: 3, y2: 4 }],
        },
      ],
    };
    const wrong = { ...line, externalKey: 'line 2', clinical: { ageYears: 91 } };
    const shapeless = { ...line, colour: 'red' };
    const text = [line, wrong, shapeless].map((each) => JSON.stringify(each)).join('\n');
    await writeFile(fileOf('cases.jsonl'), `${text}\n{`);
    const args = ['--project', projectId, '--json', '--errors', fileOf('lines.jsonl')];
    const { exitCode, stdout } = await consilium('lead', 'import', fileOf('cases.jsonl'), ...args);
    expect({ exitCode, counts: JSON.parse(stdout) as unknown }).toMatchObject({
      exitCode: 5,
      counts: { imported: 1, refused: 3 },
    });
    const lines = await linesIn('lines.jsonl');
    expect(new Map(lines.map(({ row, outcome }) => [row, outcome]))).toEqual(
      new Map([
        [1, 'INVALID'],
        [2, 'NOT_READ'],
        [3, 'NOT_READ'],
      ]),
    );
  });

  it('are let in by nobody who may not import', async () => {
    const args = ['import', fileOf('given.json'), '--project', projectId];
    expect(await consilium('auditor', ...args)).toMatchObject({ exitCode: 3 });
  });
});
