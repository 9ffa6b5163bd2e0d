import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { examFile } from './exam-file.ts';
import { fileTamperingKinds, fileTamperings } from './file-tamperings.ts';
import { fileOf, headerOf, linesOf, readLogFile } from './log-file.ts';
import type { FileTampering } from './tampering.ts';

const seed = 7;
const count = 600;

interface Tampered extends Omit<FileTampering, 'apply'> {
  readonly sha256: string;
  readonly isOnlyRenamed: boolean;
}

let file: Buffer;
let tampered: readonly Tampered[];

beforeAll(() => {
  file = examFile();
  tampered = [...fileTamperings(seed, count, file)].map(seen);
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function seen({ kind, what, apply }: FileTampering): Tampered {
  const result = apply(file);
  return { kind, what, sha256: sha256(result), isOnlyRenamed: isOnlyRenamed(result) };
}

/** Whether it is, to the last byte, what another log with the same events would give: nobody could notice that. */
function isOnlyRenamed(result: Buffer): boolean {
  const log = readLogFile(file);
  const header = result.subarray(0, result.indexOf('\n')).toString('utf8');
  return isOtherId(header, log.header) && result.equals(fileOf(linesOf({ ...log, header })));
}

const isOtherId = (one: string, other: string): boolean =>
  one !== other && one.replace(/"logId":"[^"]*"/, '') === other.replace(/"logId":"[^"]*"/, '');

describe('the log of the exam', () => {
  it('is read and written without a change', () => {
    const log = readLogFile(file);
    expect(log.events).toHaveLength(500);
    expect(log.checkpoints.map(({ size }) => size)).toEqual([100, 200, 300, 400, 500]);
    expect(fileOf(linesOf(log)).equals(file)).toBe(true);
  });

  it('is always the same', () => {
    expect(examFile().equals(file)).toBe(true);
  });
});

describe('tamperings of a file', () => {
  it('are of every kind', () => {
    expect(fileTamperingKinds.length).toBeGreaterThanOrEqual(12);
    expect([...new Set(tampered.map(({ kind }) => kind))].sort()).toEqual([...fileTamperingKinds].sort());
  });

  it('change the file, each of them, and leave the original alone', () => {
    const original = sha256(examFile());
    expect(tampered.filter((each) => each.sha256 === original)).toEqual([]);
    expect(sha256(file)).toBe(original);
  });

  it('are not the same again and again', () => {
    expect(new Set(tampered.map((each) => each.sha256)).size).toBeGreaterThan(count * 0.85);
  });

  it('say in one sentence what was done', () => {
    for (const { what } of tampered) expect(what).toMatch(/^[^\n]{10,400}$/);
  });

  it('are the same for the same seed, however many are asked for, and others for another', () => {
    const again = [...fileTamperings(seed, 100, examFile())].map(seen);
    expect(again).toEqual(tampered.slice(0, 100));
    const others = [...fileTamperings(seed + 1, 100, file)];
    expect(others.map(({ what }) => what)).not.toEqual(again.map(({ what }) => what));
  });

  it('never do no more than give the log another id', () => {
    const log = readLogFile(file);
    const renamed = fileOf(linesOf({ ...log, header: headerOf('0e0e0e0e-0000-4000-8000-000000000099') }));
    expect(isOnlyRenamed(renamed)).toBe(true);
    expect(tampered.filter((each) => each.isOnlyRenamed)).toEqual([]);
  });
});
