import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const runningFile = z.object({
  version: z.literal(1),
  url: z.url(),
  people: z.array(z.object({ name: z.string(), role: z.string(), token: z.string() })),
  servers: z.object({ databaseUrl: z.string(), kafkaBrokers: z.string(), redisUrl: z.string() }).optional(),
  topicPrefix: z.string().optional(),
  anchorFolder: z.string().optional(),
  /** C2SP signed-note verifier keys of the log. */
  verifierKeys: z.array(z.string()).optional(),
});

/** What `npm start` serves at this moment from a data folder. */
export type RunningFile = z.output<typeof runningFile>;

export const runningFilePath = (dataFolder: string): string => join(dataFolder, 'running.json');

/** Undefined where nothing serves. */
export async function readRunningFile(dataFolder: string): Promise<RunningFile | undefined> {
  try {
    return runningFile.parse(JSON.parse(await readFile(runningFilePath(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}
