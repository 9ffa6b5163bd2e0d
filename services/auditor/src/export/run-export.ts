import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { ConsiliumClient } from '@consilium/client';
import { exportGrounded, type GroundedCounts } from './export-grounded.ts';
import { exportProject } from './export-project.ts';
import type { ExportProgress, ExportPurpose } from './export-project.ts';
import { findAccess } from './running-consilium.ts';

export interface ExportOptions {
  /** JSON lines of ours, or grounded reports: raw reads, or what they came to. */
  readonly format: 'json-lines' | { readonly groundedReports: 'reads' | 'consensus' };
  /** Undefined: the only project there is. */
  readonly projectId: string | undefined;
  readonly to: ExportPurpose;
  /** Without a path: http://127.0.0.1:4000. Undefined: what runs on this machine. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** Undefined: standard output. */
  readonly output: string | undefined;
}

export interface ExportSurroundings {
  readonly dataFolder: string;
  readonly environmentToken: string | undefined;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** Writes the export; resolves once every byte is handed over. @throws CommandFailed; the client's errors; of the output */
export async function runExport(options: ExportOptions, surroundings: ExportSurroundings): Promise<void> {
  const { dataFolder, environmentToken, stdout, stderr } = surroundings;
  const token = options.token ?? environmentToken;
  const access = await findAccess({ url: options.url, token, dataFolder });
  const client = new ConsiliumClient({ url: access.graphqlUrl, token: access.token });
  const { format } = options;
  const lines =
    format === 'json-lines'
      ? exportProject(client, options, (progress) => showProgress(stderr, progress))
      : exportGrounded(client, { ...options, source: format.groundedReports }, (counts, of) =>
          showStudies(stderr, counts, of),
        );
  const output = options.output === undefined ? stdout : createWriteStream(options.output);
  // The reader decides the pace: pages are asked for as it takes lines.
  await pipeline(Readable.from(lines), output, { end: output !== stdout });
  stderr.write('\n');
}

function showStudies(
  stderr: ExportSurroundings['stderr'],
  { studies, leftOut }: GroundedCounts,
  of: number | undefined,
): void {
  const without = Object.entries(leftOut).map(([why, count]) => `, ${count} left out (${why})`);
  const text = `${studies}${of === undefined ? '' : ` of ${of}`} cases${without.join('')}`;
  stderr.write(stderr.isTTY === true ? `\r${text}` : `${text}\n`);
}

function showProgress(stderr: ExportSurroundings['stderr'], { counts, of }: ExportProgress): void {
  const text = `${counts.cases}${of === undefined ? '' : ` of ${of}`} cases, ${counts.annotations} annotations`;
  stderr.write(stderr.isTTY === true ? `\r${text}` : `${text}\n`);
}
