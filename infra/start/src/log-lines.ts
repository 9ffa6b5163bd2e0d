import { z } from 'zod';

const longestMessage = 300;
const logged = z.object({ msg: z.string(), error: z.object({ message: z.string() }).optional() });

/** Of what a service printed: the last fault, else the last thing it said; for one sentence. */
export function lastFault(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const fault = lines.findLast((line) => !line.startsWith('{') || /"level":"(error|fatal)"/.test(line));
  return messageOf(fault ?? lines.at(-1) ?? 'it said nothing');
}

/** What a line says, without time and ids. */
function messageOf(line: string): string {
  try {
    const { msg, error } = logged.parse(JSON.parse(line));
    return error?.message === undefined ? msg : `${msg}: ${error.message}`;
  } catch {
    return line.trim().slice(0, longestMessage);
  }
}
