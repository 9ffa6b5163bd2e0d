import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { ConsiliumClient } from '@consilium/client';
import { exitCodes } from '../command-failed.ts';
import { Progress } from '../command/progress.ts';
import { runImport } from './run-import.ts';

const there = fileURLToPath(import.meta.url);
const request = { format: 'json-lines', projectId: '', machine: undefined, adoptsVocabulary: false } as const;

it.each([
  { path: `${there}.none`, imagesPath: undefined },
  { path: there, imagesPath: `${there}.none` },
])('says which file is not there, before anything is sent', async (paths) => {
  const client = new ConsiliumClient({ url: 'http://127.0.0.1:1/graphql', token: 'none' });
  const running = runImport(client, { ...request, ...paths, errorsPath: undefined }, new Progress(new PassThrough()));
  await expect(running).rejects.toMatchObject({ exitCode: exitCodes.notFound });
});
