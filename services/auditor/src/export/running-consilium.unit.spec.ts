import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findAccess } from './running-consilium.ts';

let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'consilium-export-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

const people = [
  { name: 'lead', role: 'lead', personId: 'x', token: 'token-of-lead' },
  { name: 'auditor', role: 'auditor', personId: 'y', token: 'token-of-auditor' },
];
const start = (content: unknown): void => writeFileSync(join(dataFolder, 'running.json'), JSON.stringify(content));
const serving = { version: 1, url: 'http://127.0.0.1:4003', pid: 1, people };

describe('where an export goes', () => {
  it('is what runs on this machine, as its auditor', async () => {
    start(serving);
    expect(await findAccess({ url: undefined, token: undefined, dataFolder })).toEqual({
      graphqlUrl: 'http://127.0.0.1:4003/graphql',
      token: 'token-of-auditor',
    });
    expect(await findAccess({ url: undefined, token: 'mine', dataFolder })).toMatchObject({ token: 'mine' });
  });

  it('is the address given, whether or not it names /graphql', async () => {
    for (const url of ['https://a.example', 'https://a.example/', 'https://a.example/graphql']) {
      expect((await findAccess({ url, token: 't', dataFolder })).graphqlUrl).toBe('https://a.example/graphql');
    }
    await expect(findAccess({ url: 'a.example', token: 't', dataFolder })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('never gets the token of this machine when another address is given', async () => {
    start(serving);
    await expect(findAccess({ url: 'https://a.example', token: undefined, dataFolder })).rejects.toMatchObject({
      exitCode: 3,
    });
  });

  it('is nowhere when nothing runs, or its file is damaged', async () => {
    const nothing = { url: undefined, token: undefined, dataFolder };
    await expect(findAccess(nothing)).rejects.toThrow('run npm start in another terminal');
    start({ version: 1 });
    await expect(findAccess(nothing)).rejects.toMatchObject({ exitCode: 1 });
  });
});
