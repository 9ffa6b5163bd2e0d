/**
 * Files of grounded reports in the size of the published one, in and out by the command line, over a whole installation on the same
 * machine: its adoption of the vocabulary, 4,555 studies of several sentences with the reads of two readers, and the same file back.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsiliumClient, createProject } from '@consilium/client';
import { writeSyntheticFile } from '@consilium/demo';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import type { Figure } from './figure.ts';
import { runMeasured } from './run-measured.ts';
import { drained } from './submit.ts';

const studies = 4_555;
const mebibyte = 1_048_576;
const consilium = fileURLToPath(new URL('../../services/auditor/bin/consilium.js', import.meta.url));

export async function benchGroundedFiles(system: SystemUnderTest): Promise<readonly Figure[]> {
  const lead = new ConsiliumClient({ url: `${system.api.url}/graphql`, token: system.person('lead').token });
  const input = { commandId: randomUUID(), name: 'Grounded files', protocol: { readsPerCase: 2 } };
  const { createProject: created } = await lead.request(createProject, { input });
  if (created.__typename !== 'ProjectCreated') throw new Error(created.__typename);
  await drained(system);
  const [given, back, small] = ['given', 'back', 'small'].map((name) => join(system.folder, `${name}.json`)) as [
    string,
    string,
    string,
  ];
  await writeSyntheticFile(given, { studies });
  await writeSyntheticFile(small, { studies: studies / 5 });
  const project = ['--project', created.projectId, '--url', system.api.url];
  const leads = [...project, '--token', system.person('lead').token];
  const audits = [...project, '--token', system.person('auditor').token];
  const imported = await runMeasured(consilium, ['import', given, '--adopt-vocabulary', ...leads]);
  const drainMs = await drained(system);
  const exported = await runMeasured(consilium, [
    'export',
    '--format',
    'padchest-gr',
    '--of',
    'reads',
    '--output',
    back,
    ...audits,
  ]);
  const isEqual = (await readFile(given)).equals(await readFile(back));
  if (!isEqual) throw new Error('what came out is not what went in');
  // The same again, and a fifth of it: a file five times as long may not take five times the memory.
  const again = await runMeasured(consilium, ['import', given, ...leads]);
  const fifth = await runMeasured(consilium, ['import', small, ...leads]);
  return [
    {
      name: `import of ${studies.toLocaleString('en')} studies (PadChest-GR)`,
      value: imported.ms / 1_000,
      unit: 's',
      target: { relation: 'below', value: 30 },
      note: `its vocabulary adopted, up to two reads a study; views and consensus ${(drainMs / 1_000).toFixed(1)} s later`,
    },
    { name: 'the same import again, unchanged', value: again.ms / 1_000, unit: 's' },
    {
      name: `export of ${studies.toLocaleString('en')} studies (PadChest-GR)`,
      value: exported.ms / 1_000,
      unit: 's',
      target: { relation: 'below', value: 10 },
      note: 'to the byte the file that went in',
    },
    {
      name: 'memory of the import, against that of a fifth of the file',
      value: again.peakBytes / fifth.peakBytes,
      unit: 'times',
      target: { relation: 'below', value: 1.5 },
      note: `peak ${(again.peakBytes / mebibyte).toFixed(0)} MiB, and ${(fifth.peakBytes / mebibyte).toFixed(0)} MiB; of the export ${(exported.peakBytes / mebibyte).toFixed(0)} MiB`,
    },
  ];
}
