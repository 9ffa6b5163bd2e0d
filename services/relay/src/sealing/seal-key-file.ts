import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { ensureSecretFile, readSecretFile, SecretFileUnusable } from '@consilium/runtime';
import { InvalidNoteKey, logSigningKey, type SigningKey } from '@consilium/transparency';
import { z } from 'zod';

/** Who signs the heads of this log, kept in a file outside the database. */
export interface SealKeys {
  /** The name of the log in every checkpoint; it never changes. */
  readonly origin: string;
  /** All that are in use: each signs every head, so that one can follow another. */
  readonly keys: readonly SigningKey[];
}

const fileSchema = z.object({
  version: z.literal(1),
  origin: z.string().min(1).max(200),
  /** PKCS 8 in PEM, Ed25519. */
  keys: z.array(z.string()).min(1).max(8),
});

/** Makes a file with one new key and an origin of its own, unless one is there. @throws SecretFileUnusable */
export async function ensureSealKeyFile(path: string): Promise<SealKeys> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const content = {
    version: 1,
    origin: `consilium.local/${randomBytes(8).toString('hex')}`,
    keys: [privateKey.export({ format: 'pem', type: 'pkcs8' })],
  };
  await ensureSecretFile(path, `${JSON.stringify(content, null, 2)}\n`);
  return readSealKeyFile(path);
}

/** @throws SecretFileUnusable; the message quotes nothing of the file */
export async function readSealKeyFile(path: string): Promise<SealKeys> {
  const read = fileSchema.safeParse(parseJson(await readSecretFile(path)));
  if (!read.success) throw new SecretFileUnusable(`${path} is no file of seal keys of version 1`);
  const { origin, keys } = read.data;
  try {
    return { origin, keys: keys.map((pem) => logSigningKey(origin, createPrivateKey(pem))) };
  } catch (error) {
    const reason = error instanceof InvalidNoteKey ? error.message : 'a key cannot be read';
    throw new SecretFileUnusable(`${path}: ${reason}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
