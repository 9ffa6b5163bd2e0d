import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

export interface Migration {
  /** Unique over all schemas, sorted within its own: `event-store/000001-journal`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of `sql`, hex. */
  readonly checksum: string;
}

const fileNamePattern = /^\d{6}-[a-z0-9-]+\.sql$/;

/**
 * The migrations of one owner, in order of their file names (`000001-journal.sql`). Give the folder relative to
 * `import.meta.url`, so that sources and built files find the same one.
 */
export async function readMigrations(owner: string, folder: URL): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      if (!fileNamePattern.test(file)) throw new Error(`${file} is not named like 000001-some-words.sql`);
      const sql = await readFile(new URL(file, folder), 'utf8');
      return { name: `${owner}/${file.slice(0, -'.sql'.length)}`, sql, checksum: checksumOf(sql) };
    }),
  );
}

export const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');
