import { byteTamperings, type FileMaker } from './file-bytes.ts';
import { formTamperings } from './file-forms.ts';
import { recordTamperings } from './file-records.ts';
import { drawTamperings, type FileTampering } from './tampering.ts';

const makers: Readonly<Record<string, FileMaker>> = { ...byteTamperings, ...formTamperings, ...recordTamperings };

export const fileTamperingKinds: readonly string[] = Object.keys(makers);

/**
 * `count` changes of one exported log, each different from it, and each to be noticed by whoever has the verifier key and the
 * anchored checkpoint of the last event.
 */
export const fileTamperings = (seed: number, count: number, file: Buffer): Generator<FileTampering> =>
  drawTamperings(seed, count, file, makers);
