import { ConsiliumClient } from '@consilium/client';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { findAccess } from '../export/running-consilium.ts';
import { runImport } from './run-import.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'takes cases in from JSON lines, or from a file of grounded reports (PadChest-GR)',
  usage: `consilium import FILE --project ID [--format json-lines|padchest-gr] [--adopt-vocabulary] [--images FILE]
                 [--machine MODEL[@VERSION]] [--errors FILE] [--url URL] [--token TOKEN] [--json]

Takes cases in, row by row, in memory that does not grow with the file. A faulty row is reported and stops no other. Run it again
after it was broken off: what came in before is unchanged.

  --project ID        where the cases go
  --format FORMAT     json-lines (default for .jsonl and .ndjson): one case a line, by the names of CaseInput in the schema of the api;
                      padchest-gr (default else): a JSON array of studies; boxes come in as the read of reader A, extra_boxes as that of B,
                      consilium:reads as those of the readers it names
  --adopt-vocabulary  adopt a new version of the protocol with the labels, locations and progression terms of the file that
                      it lacks; without it, rows that use them are refused
  --images FILE       JSON lines with what the studies do not say of their images: ImageID, and rows and columns (pixels),
                      and subjectKey (the person; without it each study is one person's)
  --machine MODEL[@VERSION]
                      the program that wrote or translated the sentences; without it they are the report's
  --errors FILE       where rows that did not come in are written, as JSON lines: row (from 0), byteOffset, outcome, problems
  --url URL           default: what npm start serves on this machine
  --token TOKEN       of a lead or administrator; default: CONSILIUM_TOKEN, else (without --url) that of the lead that npm start made
  --json              counts as JSON on standard output

Exit codes: 0 all rows came in; 1 not reached; 2 wrong command line; 3 not allowed; 4 no such project or file; 5 some rows did not
come in.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(
      args,
      {
        project: { type: 'string' },
        format: { type: 'string' },
        'adopt-vocabulary': { type: 'boolean' },
        images: { type: 'string' },
        machine: { type: 'string' },
        errors: { type: 'string' },
        url: { type: 'string' },
        token: { type: 'string' },
        json: { type: 'boolean' },
      },
      1,
    );
    const [path] = options.words;
    const projectId = textOption(options, 'project');
    if (path === undefined || projectId === undefined) {
      throw new CommandFailed('usage', 'Give a file, and --project.');
    }
    const access = await findAccess({
      url: textOption(options, 'url'),
      token: textOption(options, 'token') ?? config.token,
      dataFolder: config.dataFolder,
      role: 'lead',
    });
    const client = new ConsiliumClient({ url: access.graphqlUrl, token: access.token });
    const counts = await runImport(
      client,
      {
        path,
        projectId,
        format: formatOf(textOption(options, 'format'), path),
        imagesPath: textOption(options, 'images'),
        machine: machineOf(textOption(options, 'machine')),
        adoptsVocabulary: flagOption(options, 'adopt-vocabulary'),
        errorsPath: textOption(options, 'errors'),
      },
      new Progress(stderr),
    );
    if (flagOption(options, 'json')) stdout.write(`${JSON.stringify(counts)}\n`);
    return counts.refused > 0 || counts.isBroken ? exitCodes.doesNotHold : exitCodes.done;
  },
};

function formatOf(given: string | undefined, path: string): 'padchest-gr' | 'json-lines' {
  if (given === undefined) return /\.(jsonl|ndjson)$/i.test(path) ? 'json-lines' : 'padchest-gr';
  if (given === 'padchest-gr' || given === 'json-lines') return given;
  throw new CommandFailed('usage', `--format is "${given}": give json-lines or padchest-gr.`);
}

function machineOf(given: string | undefined) {
  if (given === undefined) return undefined;
  const at = given.lastIndexOf('@');
  return at <= 0 ? { model: given } : { model: given.slice(0, at), version: given.slice(at + 1) };
}
