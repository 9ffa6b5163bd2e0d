import { CommandFailed } from '../command-failed.ts';
import type { HistorySource } from '../history/history-source.ts';

const forms = 'a point is a number of the log (17) or an instant (2026-11-23T22:20:00.000Z)';

/**
 * A point of the log: a number, or an instant in ISO 8601 with its offset. The number of an instant is the last before
 * anything that was recorded after it. @throws CommandFailed
 */
export async function readPoint(source: HistorySource, text: string): Promise<number> {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  const instantMs = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(instantMs)) throw new CommandFailed('usage', `"${text}" is no point: ${forms}.`);
  return source.lookUp().lastBefore(instantMs);
}
