import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

const tailBytes = 64 * 1024;

/** Opens the log of a server for a new run; the log of the run before is kept with the ending `.previous`. */
export function rotateLog(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > 0) renameSync(logFile, `${logFile}.previous`);
  closeSync(openSync(logFile, 'a', 0o600));
}

/** The last lines of the log, or nothing when it cannot be read. */
export function readLogTail(logFile: string): readonly string[] {
  try {
    const text = readFileSync(logFile).subarray(-tailBytes).toString('utf8');
    return text.split('\n').filter((line) => line.trim() !== '');
  } catch {
    return [];
  }
}
