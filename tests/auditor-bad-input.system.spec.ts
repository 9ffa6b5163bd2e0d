import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { runConsilium, runProgram } from './harness/run-consilium.ts';
import { waitUntilDrained } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { waitUntil } from './harness/wait-until.ts';
import { startWorkload } from './harness/workload.ts';

const makeSealKey = fileURLToPath(new URL('../services/relay/dist/make-seal-key.js', import.meta.url));

/** Arguments, the exit code that the command documents, and words of the sentence that it says. */
type Refused = readonly [args: readonly string[], exitCode: number, words: string];

const unknown = '00000000-0000-4000-8000-000000000000';
const huge = '9'.repeat(40);

describe('a command of consilium that is given what makes no sense', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let database: Database;
  let key = '';
  let folder = '';
  let caseId = '';
  let projectId = '';
  let [leadToken, operatorToken] = ['', ''];
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    system = await startSystem(serversOfRun(), { CONSILIUM_SEAL_SECONDS: '1' });
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    folder = await mkdtemp(join(tmpdir(), 'consilium-bad-input-'));
    endings.add(() => rm(folder, { recursive: true, force: true }));
    key = (await runProgram(makeSealKey, [system.environment['CONSILIUM_SEAL_KEY_FILE'] ?? ''])).stdout.trim();
    const workload = await startWorkload(system, 1);
    endings.add(() => workload.close());
    [caseId = ''] = await workload.importMore(5);
    ({ projectId } = workload);
    const people = [
      { name: 'lead', role: 'lead' },
      { name: 'operator', role: 'operator' },
    ];
    [leadToken = '', operatorToken = ''] = (await system.issueTokens(people)).map(({ token }) => token);
    await waitUntilDrained(database);
    const anchor = system.environment['CONSILIUM_ANCHOR_FOLDER'] ?? '';
    const count = await database.query({ text: 'SELECT count(*)::integer AS events FROM journal.event' });
    const newest = `${String(count[0]?.['events'])}.txt`;
    await waitUntil('a head over everything', async () =>
      (await readdir(anchor)).some((name) => name.endsWith(newest)) ? true : undefined,
    );
    expect((await runConsilium(system.environment, 'export', '--log', '--output', file('log.jsonl'))).exitCode).toBe(0);
    const bundled = await runConsilium(system.environment, 'bundle', '1', '--output', file('bundle.json'));
    expect(bundled.exitCode).toBe(0);
    const log = await readFile(file('log.jsonl'), 'utf8');
    await writeFile(file('cut.jsonl'), log.slice(0, log.length / 2));
    await writeFile(file('empty.jsonl'), '');
    await writeFile(file('binary.jsonl'), Buffer.from(Array.from({ length: 5_000 }, (_, index) => index % 256)));
    await writeFile(file('other.json'), '{"of": "something else"}\n');
    await mkdir(file('strange-anchor'));
    await writeFile(join(file('strange-anchor'), 'checkpoint-0000000000000003.txt'), 'no checkpoint\n');
  });

  afterAll(() => endings.run());

  /** Of everything that a command could have changed. */
  const held = async (): Promise<unknown> =>
    database.query({
      text: `SELECT (SELECT count(*) FROM journal.event) AS events, (SELECT count(*) FROM audit.read_access) AS accesses,
          (SELECT count(*) FROM audit.export) AS exports,
          (SELECT count(*) FROM pg_database WHERE datname LIKE 'consilium_replay_%') AS replays`,
    });

  async function expectRefused(refusals: readonly Refused[]): Promise<void> {
    const before = await held();
    const wrong: unknown[] = [];
    for (const [args, exitCode, words] of refusals) {
      const result = await runConsilium(system.environment, ...args);
      const said = `${result.stdout}${result.stderr}`;
      const isSaid = said.includes(words) && !said.includes('    at ');
      if (result.exitCode !== exitCode || !isSaid) wrong.push([args, result.exitCode, said.slice(0, 400)]);
    }
    expect(wrong).toEqual([]);
    expect(await held()).toEqual(before);
  }

  it('names what is wrong with the command line', () =>
    expectRefused([
      [[], 2, 'COMMAND'],
      [['nothing'], 2, 'no command'],
      [['verify'], 2, '--key'],
      [['verify', '--key', 'x'], 2, 'verifier key'],
      [['verify', '--key', `${key}@${huge}-`], 2, 'verifier key'],
      [['verify', '--all'], 2, "Unknown option '--all'"],
      [['verify', '--key', key, '--anchor', 'https://example.invalid/bucket'], 2, 'AWS_ACCESS_KEY_ID'],
      [['replay', '--to', 'yesterday'], 2, 'no point'],
      [['replay', '--to', huge], 2, 'no point'],
      [['replay', '--to', '5', '6'], 2, '6'],
      [['as-of'], 2, 'Name one of'],
      [['as-of', 'yesterday', '--case', caseId], 2, 'no point'],
      [['as-of', huge, '--case', caseId], 2, 'no point'],
      [['as-of', '-1', '--case', caseId], 2, '-1'],
      [['as-of', '5'], 2, 'Name one of'],
      [['as-of', '5', '--case', 'x'], 2, 'no id'],
      [['as-of', '5', '--case'], 2, '--case'],
      [['history'], 2, 'Name one of'],
      [['history', '--case', caseId, '--project', projectId], 2, 'Name one of'],
      [['history', '--case', `${caseId};`], 2, 'no id'],
      [['diff', '5', '--case', caseId], 2, 'two points'],
      [['diff', '9', '5', '--case', caseId], 2, 'after the second'],
      [['diff', '1', huge, '--case', caseId], 2, 'no point'],
      [['diff', '1', '2', '--annotator', unknown], 2, 'Name one of'],
      [['bundle'], 2, 'Name the event'],
      [['bundle', 'x'], 2, 'neither an event id'],
      [['bundle', '0'], 2, 'neither an event id'],
      [['bundle', huge], 2, 'neither an event id'],
      [['bundle', '1', '--since', '0'], 2, 'no size'],
      [['bundle', '1', '--since', huge], 2, 'no size'],
      [['bundle', '1', '--since', '999999'], 2, 'the newest head has'],
      [['verify-bundle'], 2, 'verify-bundle.mjs'],
      [['verify-bundle', file('bundle.json')], 2, '--key'],
      [['verify-bundle', file('bundle.json'), '--key', 'x'], 2, 'key'],
      [['export', '--log', '--project', projectId], 2, '--log'],
      [['export', '--from', 'kafka'], 2, '--log'],
      [['export', '--format', 'pdf'], 2, 'json-lines or padchest-gr'],
      [['export', '--format', 'padchest-gr'], 2, '--of reads'],
      [['export', '--of', 'reads'], 2, '--format'],
      [['import'], 2, '--project'],
      [['import', file('other.json')], 2, '--project'],
      [['jobs'], 2, 'reconcile'],
      [['jobs', 'lose'], 2, 'reconcile'],
      [['jobs', 'reconcile', '--older-than', huge], 2, 'no number of seconds'],
      [['jobs', 'reconcile', '--older-than', '-1'], 2, 'older-than'],
      [['parked'], 2, 'Say list'],
      [['parked', 'list', 'more'], 2, 'Say list'],
      [['parked', 'retry', `case-${caseId}`], 2, '--reason'],
      [['parked', 'discard', `case-${caseId}`, '--reason', 'boredom'], 2, '--reason'],
    ]));

  it('says that there is no such thing', () =>
    expectRefused([
      [['as-of', '1', '--case', caseId], 4, caseId],
      [['as-of', '5', '--case', unknown], 4, unknown],
      [['history', '--case', unknown], 4, unknown],
      [['history', '--region', unknown], 4, 'No event names'],
      [['history', '--annotation', unknown], 4, 'No event names'],
      [['diff', '1', '5', '--case', unknown], 4, unknown],
      [['diff', '1', '5', '--project', unknown], 4, unknown],
      [['bundle', unknown], 4, 'no event'],
      [['bundle', '999999999999999'], 4, 'no event'],
      [['verify', '--key', key, '--from', '/nowhere/log.jsonl'], 4, 'cannot be read'],
      [['replay', '--from', '/nowhere/log.jsonl'], 4, 'cannot be read'],
      [['export', '--log', '--from', '/nowhere/log.jsonl', '--output', file('written.jsonl')], 4, 'cannot be read'],
      [['verify-bundle', '/nowhere/bundle.json', '--key', key], 2, 'nowhere'],
      [['verify-bundle', file('bundle.json'), '--key', key, '--held', '/nowhere/head.txt'], 2, 'nowhere'],
    ]));

  it('says what is wrong with a file, or with heads', () =>
    expectRefused([
      ...['empty.jsonl', 'binary.jsonl', 'other.json'].flatMap((name): readonly Refused[] => [
        [['verify', '--key', key, '--from', file(name)], 5, 'does not hold'],
        [['history', '--case', caseId, '--from', file(name)], 4, caseId],
        [['bundle', '1', '--from', file(name)], 4, 'no event'],
        [['export', '--log', '--from', file(name), '--output', file('written.jsonl')], 1, 'run verify'],
      ]),
      [['verify', '--key', key, '--from', file('cut.jsonl')], 5, 'FILE_CUT_OFF'],
      [['verify', '--key', key, '--from', folder], 4, 'cannot be read'],
      [['verify', '--key', key, '--no-kafka', '--no-views', '--anchor', file('strange-anchor')], 5, 'HEAD_REFUSED'],
      [['verify-bundle', file('other.json'), '--key', key], 5, 'no bundle'],
      [['verify-bundle', file('empty.jsonl'), '--key', key], 5, 'no JSON'],
      [['verify-bundle', file('binary.jsonl'), '--key', key], 5, 'no JSON'],
      [['verify-bundle', file('bundle.json'), '--key', key, '--held', file('other.json')], 5, 'checkpoint'],
      [['bundle', '1', '--output', '/nowhere/bundle.json', '--from', file('log.jsonl')], 1, 'nowhere'],
      [['export', '--log', '--output', '/nowhere/log.jsonl', '--from', file('log.jsonl')], 1, 'nowhere'],
    ]));

  it('says that the API does not know the token, the project or the stream', async () => {
    const api = ['--url', system.api.url] as const;
    const lead = [...api, '--token', leadToken];
    await expectRefused([
      [['export', ...api, '--token', 'x'], 3, ''],
      [['export', ...lead, '--project', 'x'], 4, ''],
      [['export', ...lead, '--project', unknown], 4, ''],
      [['import', file('other.json'), '--project', projectId, ...api, '--token', 'x'], 3, ''],
      [['import', '/nowhere/cases.json', '--project', projectId, ...lead], 4, ''],
      [['import', file('other.json'), '--project', unknown, ...lead], 4, ''],
      [['parked', 'list', ...api, '--token', 'x'], 3, ''],
      [['parked', 'list', ...lead], 3, ''],
      [['parked', 'retry', `case-${unknown}`, '--reason', 'other', ...api, '--token', operatorToken], 4, unknown],
    ]);
  });
});
