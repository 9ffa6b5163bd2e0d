import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';

/** A file of secrets is missing or can be read by others; the message says what to do and quotes nothing of it. */
export class SecretFileUnusable extends Error {
  override readonly name = 'SecretFileUnusable';
}

const ownerOnly = 0o600;

/**
 * Makes a file that only its owner can read, unless one is there; several processes may try at once, and the first one's
 * stays. Whole or not at all: a crash never leaves half a file under the name that is read.
 */
export async function ensureSecretFile(path: string, content: string): Promise<void> {
  // Nothing is tried where one is there: the folder may be read-only, as in a container.
  if (existsSync(path)) return;
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', ownerOnly);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!isThere(error)) throw error;
  } finally {
    await unlink(draft);
  }
}

const isThere = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';

/** @throws SecretFileUnusable */
export async function readSecretFile(path: string): Promise<string> {
  const { mode } = await stat(path).catch((error: unknown) => {
    throw new SecretFileUnusable(`there is no key file at ${path}`, { cause: error });
  });
  if ((mode & 0o077) !== 0) throw new SecretFileUnusable(`${path} can be read by others: chmod 600 ${path}`);
  return readFile(path, 'utf8');
}
