import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ReportedRow, RowReport } from './row-report.ts';

const faulty: ReportedRow = { row: 3, byteOffset: 120, outcome: 'INVALID', problems: [] };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('the report of rows that did not come in', () => {
  it('has a line for each', async () => {
    const path = join(folder, 'errors.jsonl');
    const report = new RowReport(path);
    await report.add(faulty);
    await report.add({ ...faulty, row: 4 });
    await report.end();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as ReportedRow).row)).toEqual([3, 4]);
  });

  it('says that it cannot be written to whoever adds to it, and when it ends', async () => {
    const report = new RowReport(join(folder, 'nowhere', 'errors.jsonl'));
    const addMany = async (): Promise<void> => {
      for (let row = 0; row < 1_000; row += 1) {
        await report.add({ ...faulty, row });
        await nextTurn();
      }
    };
    await expect(addMany()).rejects.toThrow('ENOENT');
    await expect(report.end()).rejects.toThrow('ENOENT');
  });
});
