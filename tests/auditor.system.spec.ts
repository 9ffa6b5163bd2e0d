import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { annotationHistory, caseAsOf, eventProof, submitAnnotation } from '@consilium/client';
import { merkleLeafOf } from '@consilium/contracts';
import { Database } from '@consilium/postgres';
import { isIncluded, leafHashOf } from '@consilium/transparency';
import { Endings } from './harness/endings.ts';
import { runConsilium, runProgram } from './harness/run-consilium.ts';
import type { CommandResult } from './harness/run-consilium.ts';
import { readJournal, waitUntilDrained } from './harness/stored-history.ts';
import type { StoredEvent } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { waitUntil } from './harness/wait-until.ts';
import { startWorkload, submission } from './harness/workload.ts';
import type { Workload } from './harness/workload.ts';

const makeSealKey = fileURLToPath(new URL('../services/relay/dist/make-seal-key.js', import.meta.url));
const verifyBundle = fileURLToPath(new URL('../services/auditor/verify-bundle.mjs', import.meta.url));

interface Report {
  readonly holds: boolean;
  readonly events: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly root: string;
  readonly kafkaRecords: number | null;
  readonly viewRows: number | null;
  readonly notChecked: readonly string[];
  readonly problems: readonly { readonly where: string; readonly code: string; readonly subject: string }[];
}

/** One installation with some history, and everything that an auditor can ask of it from outside. */
describe('an auditor', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let database: Database;
  let stored: readonly StoredEvent[];
  let key = '';
  let folder = '';
  let logFile = '';
  let readCase = '';
  let unreadCase = '';
  let workload: Workload;

  const consilium = (...args: readonly string[]): Promise<CommandResult> => runConsilium(system.environment, ...args);
  const report = ({ stdout }: CommandResult): Report => JSON.parse(stdout) as Report;
  const tampered = async (name: string, change: (text: string) => string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, change(await readFile(logFile, 'utf8')));
    return path;
  };

  beforeAll(async () => {
    // By number alone: a head by the clock would cover the end of the log too, on a machine that is slow.
    system = await startSystem(serversOfRun(), { CONSILIUM_SEAL_SECONDS: '3600' });
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    folder = await mkdtemp(join(tmpdir(), 'consilium-auditor-test-'));
    endings.add(() => rm(folder, { recursive: true, force: true }));
    const keyFile = system.environment['CONSILIUM_SEAL_KEY_FILE'] ?? '';
    key = (await promisify(execFile)(process.execPath, [makeSealKey, keyFile])).stdout.trim();
    workload = await startWorkload(system, 2);
    endings.add(() => workload.close());
    const caseIds = await workload.importMore(1_000);
    readCase = caseIds[0] ?? '';
    unreadCase = caseIds.at(-1) ?? '';
    for (const [seed, read] of (await workload.claimAll(caseIds.slice(0, 2))).entries()) {
      const answer = (await read.client.request(submitAnnotation, { input: submission(read, seed) })).submitAnnotation;
      expect(answer.__typename).toBe('AnnotationSubmitted');
    }
    await waitUntilDrained(database);
    await waitUntil('a head of 1,000 events in the anchor', async () => {
      const heads = await readdir(system.environment['CONSILIUM_ANCHOR_FOLDER'] ?? '');
      return heads.some((name) => name.endsWith('1000.txt')) ? true : undefined;
    });
    stored = await readJournal(database);
    logFile = join(folder, 'log.jsonl');
  });

  afterAll(() => endings.run());

  it('finds that journal, tree, heads, Kafka and views hold together', async () => {
    const result = await consilium('verify', '--key', key, '--json');
    expect(report(result)).toMatchObject({
      holds: true,
      events: stored.length,
      sealed: 1_000,
      unsealed: stored.length - 1_000,
      kafkaRecords: stored.length,
      notChecked: [],
      problems: [],
    });
    expect(report(result).viewRows).toBeGreaterThan(stored.length);
    expect(result.exitCode).toBe(0);
  });

  it('finds the same from Kafka alone, and from a file, with the same root', async () => {
    const written = await consilium('export', '--log', '--output', logFile, '--json');
    expect(JSON.parse(written.stderr.trim().split('\n').at(-1) ?? '')).toEqual({
      events: stored.length,
      checkpoints: 1,
    });
    const [journal, kafka, file] = [
      report(await consilium('verify', '--key', key, '--no-kafka', '--no-views', '--json')),
      report(await consilium('verify', '--key', key, '--from', 'kafka', '--json')),
      report(await consilium('verify', '--key', key, '--from', logFile, '--json')),
    ];
    for (const one of [journal, kafka, file]) {
      expect(one).toMatchObject({ holds: true, events: stored.length, sealed: 1_000, root: journal.root });
    }
    const fromKafka = join(folder, 'kafka.jsonl');
    await consilium('export', '--log', '--from', 'kafka', '--output', fromKafka);
    expect(await readFile(fromKafka, 'utf8')).toBe(await readFile(logFile, 'utf8'));
    expect(journal.notChecked).toEqual(['views: left out', 'Kafka: left out']);
  });

  it('is told what of a file is not as it was signed', async () => {
    const cut = await tampered('cut.jsonl', (text) => text.slice(0, 200_000));
    const result = await consilium('verify', '--key', key, '--from', cut, '--json');
    expect(result.exitCode).toBe(5);
    expect(report(result).problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FILE_CUT_OFF', 'LOG_SHORTER']),
    );
    const removed = await tampered('removed.jsonl', (text) => text.split('\n').toSpliced(500, 1).join('\n'));
    expect(report(await consilium('verify', '--key', key, '--from', removed, '--json')).problems[0]).toMatchObject({
      code: 'EVENT_MISSING',
      subject: 'event 500',
    });
    const otherKey = await promisify(execFile)(process.execPath, [makeSealKey, join(folder, 'other-key.json')]);
    const refused = report(await consilium('verify', '--key', otherKey.stdout.trim(), '--from', logFile, '--json'));
    expect(refused.problems).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'HEAD_REFUSED' })]));
  });

  it('is told which row of a view is not what its events say', async () => {
    const change = "UPDATE read_model.case_state SET status = 'settled' WHERE case_id = $1 RETURNING status";
    const [view] = await database.query({ text: 'SELECT n FROM read_model.generation ORDER BY n DESC LIMIT 1' });
    const text = change.replace('read_model.', `view_${String(view?.['n'])}.`);
    const caseId = unreadCase;
    await database.execute({ text, values: [caseId] });
    try {
      const result = await consilium('verify', '--key', key, '--no-kafka', '--json');
      expect(result.exitCode).toBe(5);
      expect(report(result).problems).toEqual([
        expect.objectContaining({ where: 'view', code: 'ROW_DIFFERS', subject: `case_state ${caseId}` }),
      ]);
    } finally {
      await database.execute({ text: text.replace("'settled'", "'reading'"), values: [caseId] });
    }
  });

  it('is told which event of the journal is not the one that was signed', async () => {
    const changed = stored[700];
    const tamper = `UPDATE journal.event SET payload_bytes = set_byte(payload_bytes, 5, get_byte(payload_bytes, 5) # 1)
      WHERE event_id = $1`;
    const asOwner = async (): Promise<void> =>
      database.transaction(async (transaction) => {
        await transaction.execute({ text: 'SET LOCAL session_replication_role = replica' });
        await transaction.execute({ text: tamper, values: [changed?.eventId] });
      });
    await asOwner();
    try {
      const result = await consilium('verify', '--key', key, '--no-views', '--json');
      expect(report(result).problems).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            where: 'journal',
            code: 'HASH_DIFFERS',
            subject: `event ${String(changed?.globalSeq)}`,
          }),
          expect.objectContaining({ where: 'kafka', code: 'RECORD_DIFFERS' }),
        ]),
      );
      expect(result.exitCode).toBe(5);
    } finally {
      await asOwner();
    }
    expect((await consilium('verify', '--key', key, '--no-views')).exitCode).toBe(0);
  });

  it('sees a case as it was, what changed it, and what is different since', async () => {
    const steps = stored.filter(({ streamId }) => streamId === `case-${readCase}`);
    const claimed = steps.find(({ type }) => type === 'readClaimed');
    const asOf = await consilium('as-of', String(claimed?.globalSeq), '--case', readCase);
    expect(JSON.parse(asOf.stdout)).toMatchObject({
      asOf: { version: claimed?.streamVersion },
      status: 'reading',
      reads: [{ status: 'held', annotation: null }],
    });
    expect((await consilium('as-of', '1', '--case', readCase)).exitCode).toBe(4);
    const history = JSON.parse((await consilium('history', '--case', readCase, '--json')).stdout) as readonly {
      readonly type: string;
      readonly changes: readonly { readonly path: string; readonly from?: unknown; readonly to?: unknown }[];
    }[];
    expect(history.map(({ type }) => type)).toEqual(steps.map(({ type }) => type));
    expect(history.at(-1)?.changes).toContainEqual({ path: 'status', from: 'awaitingConsensus', to: 'settled' });
    const diff = await consilium('diff', '1', String(stored.length), '--case', readCase, '--from', logFile, '--json');
    expect(JSON.parse(diff.stdout)).toMatchObject({ from: 1, to: stored.length });
    const later = await consilium('as-of', new Date(Date.now() + 60_000).toISOString(), '--case', readCase);
    expect(JSON.parse(later.stdout)).toMatchObject({ status: 'settled' });
  });

  it('sees the same past through the API, and can have an event of it proved', async () => {
    const { lead } = workload;
    const steps = stored.filter(({ streamId }) => streamId === `case-${readCase}`);
    const claimed = steps.find(({ type }) => type === 'readClaimed');
    const submitted = steps.find(({ type }) => type === 'annotationSubmitted');
    if (claimed === undefined || submitted === undefined) throw new Error('the case was read');
    const before = (await lead.request(caseAsOf, { id: readCase, asOf: { sequence: claimed.globalSeq } })).case;
    expect(before).toMatchObject({ status: 'READING', annotations: [], answeredFrom: { sequence: claimed.globalSeq } });
    const { case: present } = await lead.request(caseAsOf, { id: readCase, asOf: { sequence: stored.length } });
    expect(present).toMatchObject({ status: 'SETTLED' });
    const { annotationId } = JSON.parse(Buffer.from(submitted.payloadBytes).toString()) as { annotationId: string };
    const states = (await lead.request(annotationHistory, { id: annotationId })).annotationHistory;
    expect(states).toMatchObject([{ revision: 1, fromSequence: submitted.globalSeq, eventType: submitted.type }]);
    // The import: a head covers the first 1,000 events, and the reads came after them.
    const proof = (await lead.request(eventProof, { eventId: steps[0]?.eventId ?? '' })).eventProof;
    if (proof.__typename !== 'EventProof') throw new Error(`no proof but ${proof.__typename}`);
    const [hash, ...path] = [proof.streamHash, ...proof.inclusion].map((text) => Buffer.from(text, 'base64'));
    const [, size, root = ''] = proof.head.note.split('\n');
    const leafHash = leafHashOf(merkleLeafOf(proof.sequence, hash ?? Buffer.alloc(0)));
    const place = { index: proof.sequence - 1, size: Number(size), root: Buffer.from(root, 'base64') };
    expect(isIncluded({ ...place, leafHash, proof: path })).toBe(true);
  });

  it('follows an annotation and a region through the events that touch them', async () => {
    const submitted = stored.find(
      ({ type, streamId }) => type === 'annotationSubmitted' && streamId === `case-${readCase}`,
    );
    const payload = JSON.parse(Buffer.from(submitted?.payloadBytes ?? []).toString()) as {
      readonly annotationId: string;
      readonly annotation: { readonly regions: readonly { readonly regionId: string }[] };
    };
    for (const [kind, id] of [
      ['annotation', payload.annotationId],
      ['region', payload.annotation.regions[0]?.regionId ?? ''],
    ] as const) {
      const found = JSON.parse((await consilium('history', `--${kind}`, id, '--json')).stdout) as readonly {
        readonly type: string;
        readonly actor: { readonly role: string };
      }[];
      expect(found[0]).toMatchObject({ type: 'annotationSubmitted', actor: { role: 'annotator' } });
    }
  });

  it('replays a history into views of its own, the same from everywhere', async () => {
    const replay = async (...args: readonly string[]): Promise<unknown> =>
      (JSON.parse((await consilium('replay', '--to', '900', '--json', ...args)).stdout) as { readonly views: unknown })
        .views;
    const views = await replay();
    expect(await replay('--from', logFile)).toEqual(views);
    expect(views).toMatchObject({ project: { rows: 1 } });
    const left = await database.query({
      text: "SELECT datname FROM pg_database WHERE datname LIKE 'consilium_replay_%'",
    });
    expect(left).toEqual([]);
  });

  it('gives an outsider a bundle, who verifies it with one file and Node alone', async () => {
    const outside = join(folder, 'outside');
    await mkdir(outside);
    await copyFile(verifyBundle, join(outside, 'verify-bundle.mjs'));
    const bundlePath = join(outside, 'bundle.json');
    const event = stored[123];
    expect((await consilium('bundle', event?.eventId ?? '', '--output', bundlePath)).exitCode).toBe(0);
    const verify = (...args: readonly string[]): Promise<CommandResult> =>
      runProgram(join(outside, 'verify-bundle.mjs'), args, { folder: outside });
    const held = join(system.environment['CONSILIUM_ANCHOR_FOLDER'] ?? '', 'checkpoint-0000000000001000.txt');
    const verified = await verify('bundle.json', '--key', key, '--held', held, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({
      verified: true,
      eventId: event?.eventId,
      globalSeq: event?.globalSeq,
      heldHeads: [1_000],
    });
    expect(verified.exitCode).toBe(0);
    const bundle = await readFile(bundlePath, 'utf8');
    const spoilt: readonly (readonly [string, string])[] = [
      [
        bundle.replace(
          `"globalSeq": ${String(event?.globalSeq)}`,
          `"globalSeq": ${String((event?.globalSeq ?? 0) + 1)}`,
        ),
        'not in the tree',
      ],
      [bundle.replace('caseImported', 'caseImporteb'), 'do not give its stream hash'],
      [bundle.replace('"size": 1000', '"size": 999'), 'another size'],
      ['{}', 'no bundle'],
      ['', 'no JSON'],
      ['[]', 'no bundle'],
    ];
    for (const [text, reason] of spoilt) {
      await writeFile(bundlePath, text);
      const refused = await verify('bundle.json', '--key', key);
      expect(refused).toMatchObject({ exitCode: 1 });
      expect(refused.stdout).toContain(reason);
    }
    const withheld = await consilium('bundle', String(event?.globalSeq), '--without-payload', '--from', logFile);
    expect(withheld.stdout).not.toContain('"payload"');
    await writeFile(bundlePath, withheld.stdout);
    expect((await verify('bundle.json', '--key', key)).stdout).toContain('withheld');
    expect((await verify('bundle.json')).exitCode).toBe(2);
    expect((await consilium('bundle', String(stored.length))).exitCode).toBe(4);
  });

  it('has what it is shown written down before, by the database user it came as, and else is shown nothing', async () => {
    const written = async (): Promise<readonly unknown[]> =>
      database.query({
        text: `SELECT operation, actions, actor_role, actor_id, case_ids, organisation IS NULL AS of_all,
            database_user = session_user AS named
          FROM audit.read_access WHERE database_user IS NOT NULL ORDER BY number`,
      });
    const ofCase = stored.find(({ streamId }) => streamId === `case-${readCase}`);
    const annotationId = stored
      .filter(({ type, streamId }) => type === 'annotationSubmitted' && streamId === `case-${readCase}`)
      .map(
        ({ payloadBytes }) =>
          (JSON.parse(Buffer.from(payloadBytes).toString()) as { annotationId: string }).annotationId,
      )[0];
    const one = [readCase];
    const last = String(stored.length);
    const shown: readonly (readonly [readonly string[], string, readonly string[] | 'all'])[] = [
      [['as-of', last, '--case', readCase], 'case.read', one],
      [['history', '--case', readCase], 'history.read', one],
      [['history', '--annotation', annotationId ?? ''], 'history.read', one],
      [['diff', '1', last, '--case', readCase], 'history.read', one],
      [['diff', String(stored.length - 1), last, '--project', workload.projectId], 'history.read', one],
      [['bundle', String(ofCase?.globalSeq)], 'proof.read', one],
      [['replay', '--to', '10'], 'history.read', 'all'],
      [['export', '--log'], 'project.export', 'all'],
    ];
    const withoutContent = [
      ['verify', '--key', key],
      ['verify', '--key', key, '--from', 'kafka'],
      ['verify', '--key', key, '--from', logFile],
      ['jobs', 'reconcile', '--dry-run'],
    ];
    const operationOf = ([name, first]: readonly string[]): string =>
      `consilium ${name ?? ''}${first === '--log' ? ' --log' : ''}`;
    for (const [args, action, cases] of shown) {
      const before = (await written()).length;
      const result = await consilium(...args);
      expect([args, result.exitCode, result.stdout === '']).toEqual([args, 0, false]);
      const entries = (await written()).slice(before);
      expect([args, entries]).toMatchObject([
        args,
        [
          {
            operation: operationOf(args),
            actions: [action],
            actor_role: 'auditor',
            actor_id: null,
            of_all: cases === 'all',
            named: true,
          },
        ],
      ]);
      const caseIds = (entries[0] as { readonly case_ids: readonly string[] }).case_ids;
      if (cases === 'all') expect(caseIds).toEqual([]);
      else expect(caseIds.length).toBeGreaterThan(0);
      if (!args.includes('--project') && cases !== 'all') expect(caseIds).toEqual(cases);
    }
    // Without cases in it, or without the database, there is nothing to write down; nor where no content is shown (docs/AUDIT.md).
    const before = await written();
    for (const args of withoutContent) {
      expect([args, (await consilium(...args)).exitCode]).toEqual([args, 0]);
    }
    for (const args of [
      ['as-of', last, '--project', workload.projectId],
      ['history', '--project', workload.projectId],
      ['history', '--case', readCase, '--from', logFile],
      ['history', '--case', readCase, '--from', 'kafka'],
    ]) {
      expect([args, (await consilium(...args)).exitCode]).toEqual([args, 0]);
    }
    expect(await written()).toEqual(before);
    await database.execute({ text: 'REVOKE INSERT ON audit.read_access FROM consilium_auditor' });
    try {
      for (const [args] of shown) {
        const refused = await consilium(...args);
        expect([args, refused.exitCode, refused.stdout]).toEqual([args, 1, '']);
        expect(refused.stderr).toContain('cannot be recorded');
      }
      // What shows no content can be asked where nothing can be written, as on a standby.
      for (const args of withoutContent) {
        expect([args, (await consilium(...args)).exitCode]).toEqual([args, 0]);
      }
    } finally {
      await database.execute({
        text: `GRANT INSERT (organisation, actor_role, actions, operation, case_ids) ON audit.read_access
          TO consilium_auditor`,
      });
    }
  });

  it('is decided of every command whether what it shows is on record', async () => {
    const { stdout } = await consilium('help');
    const names = [...stdout.matchAll(/^ {2}([a-z-]+) {2,}/gm)].flatMap(([, name]) => name ?? []);
    const inTheJournal = ['replay', 'as-of', 'history', 'diff', 'bundle', 'export'];
    const byTheApi = ['export', 'import', 'parked'];
    // docs/AUDIT.md says why.
    const showingNothing = ['verify', 'verify-bundle', 'jobs', 'consensus', 'agreement', 'weights'];
    expect(names.sort()).toEqual([...new Set([...inTheJournal, ...byTheApi, ...showingNothing])].sort());
  });

  it('can be a database user with the role of an auditor and nothing else', async () => {
    const name = `alma_${randomUUID().slice(0, 8)}`;
    await database.execute({ text: `CREATE ROLE ${name} LOGIN PASSWORD 'alma'` });
    const url = new URL(system.databaseUrl);
    [url.username, url.password] = [name, 'alma'];
    const asAlma = (...args: readonly string[]): Promise<CommandResult> =>
      runConsilium({ ...system.environment, DATABASE_URL: url.href }, ...args);
    try {
      const refused = await asAlma('history', '--case', readCase);
      expect([refused.exitCode, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toContain('may not read as consilium_auditor');
      await database.execute({ text: `GRANT consilium_auditor TO ${name} WITH INHERIT FALSE, SET TRUE` });
      expect((await asAlma('history', '--case', readCase)).exitCode).toBe(0);
      const [row] = await database.query({
        text: 'SELECT database_user FROM audit.read_access ORDER BY number DESC LIMIT 1',
      });
      expect(row).toEqual({ database_user: name });
      const verified = await asAlma('verify', '--key', key, '--no-views', '--json');
      expect(report(verified)).toMatchObject({ holds: true, notChecked: ['views: left out'] });
      // A replay is made on a server of which they may make databases.
      const environment = { ...system.environment, DATABASE_URL: url.href };
      const scratch = { ...environment, CONSILIUM_SCRATCH_DATABASE_URL: system.databaseUrl };
      const whole = await runConsilium(scratch, 'verify', '--key', key, '--json');
      expect(report(whole)).toMatchObject({ holds: true, notChecked: [] });
    } finally {
      await database.execute({ text: `DROP OWNED BY ${name}` });
      await database.execute({ text: `DROP ROLE ${name}` });
    }
  });

  it('recreates from the journal the jobs that Redis does not have', async () => {
    const reconcile = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await consilium('jobs', 'reconcile', '--older-than', '0', '--json', ...args)).stdout);
    expect(await reconcile()).toMatchObject({ due: 0, restored: { added: 0 } });
    await system.quality.stop();
    for (const [seed, read] of (await workload.claimAll([unreadCase])).entries()) {
      await read.client.request(submitAnnotation, { input: submission(read, seed) });
    }
    expect(await reconcile('--dry-run')).toMatchObject({ due: 1, restored: null });
    expect(await reconcile()).toMatchObject({ due: 1, restored: { added: 1, present: 0 } });
    expect(await reconcile()).toMatchObject({ due: 1, restored: { added: 0, present: 1 } });
    await system.quality.start();
    await waitUntilDrained(database);
    expect(await reconcile()).toMatchObject({ due: 0 });
  });
});
