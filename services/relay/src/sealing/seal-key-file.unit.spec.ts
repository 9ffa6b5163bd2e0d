import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretFileUnusable } from '@consilium/runtime';
import { ensureSealKeyFile, readSealKeyFile } from './seal-key-file.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consilium-seal-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the file of seal keys', () => {
  it('is made once, for its owner alone, by however many relays start together', async () => {
    const path = join(folder, 'seal.json');
    const all = await Promise.all(Array.from({ length: 4 }, async () => ensureSealKeyFile(path)));
    expect(new Set(all.map(({ origin }) => origin)).size).toBe(1);
    expect(new Set(all.map(({ keys }) => keys[0]?.key.keyId)).size).toBe(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is refused when it cannot be used, without a word of what is in it', async () => {
    const path = join(folder, 'bad.json');
    const pem = (type: 'ed25519' | 'x25519'): string =>
      (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).privateKey
        .export({ format: 'pem', type: 'pkcs8' })
        .toString();
    const good = pem('ed25519');
    const contents = [
      '',
      '{}',
      JSON.stringify({ version: 2, origin: 'a', keys: [good] }),
      JSON.stringify({ version: 1, origin: 'a', keys: [] }),
      JSON.stringify({ version: 1, origin: 'a b', keys: [good] }),
      JSON.stringify({ version: 1, origin: 'a', keys: [good, good.replaceAll('A', 'B').slice(40)] }),
      JSON.stringify({ version: 1, origin: 'a', keys: [pem('x25519')] }),
    ];
    for (const content of contents) {
      await writeFile(path, content, { mode: 0o600 });
      const error = await readSealKeyFile(path).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(SecretFileUnusable);
      expect(String(error)).not.toContain(good.slice(30, 50));
    }
    await writeFile(path, JSON.stringify({ version: 1, origin: 'a', keys: [good] }));
    expect((await readSealKeyFile(path)).keys).toHaveLength(1);
    await chmod(path, 0o640);
    await expect(readSealKeyFile(path)).rejects.toThrow(/chmod 600/);
    await expect(readSealKeyFile(join(folder, 'absent.json'))).rejects.toThrow(/no key file at/);
    expect(await readFile(path, 'utf8')).toContain('PRIVATE KEY');
  });
});
