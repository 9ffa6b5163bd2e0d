import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  claimCase,
  ConsiliumClient,
  correctComment,
  createProject,
  eraseSubject,
  importCases,
  openThread,
  registerAnnotator,
  skipRead,
  submitAnnotation,
} from '@consilium/client';
import type { CaseInput } from '@consilium/client';
import { Database } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { everythingHeld, placesOf, readWithAllKeys, unwrapAll } from './harness/everything-held.ts';
import { readKafka } from './harness/kafka-history.ts';
import { runConsilium, runProgram } from './harness/run-consilium.ts';
import type { CommandResult } from './harness/run-consilium.ts';
import { waitUntilDrained } from './harness/stored-history.ts';
import { ServiceProcess } from './harness/service-process.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { compareWithRebuild } from './harness/view-problems.ts';

const rewrapKeys = fileURLToPath(new URL('../services/api/dist/rewrap-keys.js', import.meta.url));
const makeSealKey = fileURLToPath(new URL('../services/relay/dist/make-seal-key.js', import.meta.url));

/** Words that stand nowhere else, one for each place where somebody may write about a person. */
class Canaries {
  /** In texts that are kept, sealed. */
  readonly kept: string[] = [];
  /** In keys and command ids: only a keyed hash of them is kept. */
  readonly hashed: string[] = [];

  text(): string {
    return this.#word(this.kept);
  }

  key(): string {
    return this.#word(this.hashed);
  }

  get all(): readonly string[] {
    return [...this.kept, ...this.hashed];
  }

  #word(list: string[]): string {
    const word = `canary${randomBytes(12).toString('hex')}`;
    list.push(word);
    return word;
  }
}

/** Of each subject: the note to a skipped read and the two wordings of a comment are in the history and not in an export. */
const notExported = 3;

const erased = new Canaries();
const other = new Canaries();

const caseOf = (canaries: Canaries, subjectKey: string, position: number): CaseInput => ({
  externalKey: canaries.text(),
  subjectKey,
  position,
  images: [
    { key: canaries.key(), rows: 400, columns: 300, sopInstanceUid: canaries.text(), description: canaries.text() },
  ],
  sentences: [{ key: canaries.key(), es: canaries.text(), en: canaries.text() }],
});

describe('erasing a subject', () => {
  const endings = new Endings();
  const servers = serversOfRun();
  const erasedKey = erased.key();
  let system: SystemUnderTest;
  let database: Database;
  let administrator: ConsiliumClient;
  let projectId = '';
  let caseIds: readonly string[] = [];
  let keyFile = '';

  const clientOf = (name: string, api = system.api): ConsiliumClient => {
    const client = new ConsiliumClient({ url: `${api.url}/graphql`, token: system.person(name).token });
    endings.add(() => client.close());
    return client;
  };
  const consilium = (...args: readonly string[]): Promise<CommandResult> => runConsilium(system.environment, ...args);
  const exported = async (): Promise<CommandResult> =>
    consilium(
      ...['export', '--project', projectId, '--recipient', 'Registry', '--purpose', 'training'],
      ...['--url', system.api.url, '--token', system.person('auditor').token],
    );

  /** Somebody skips the case with a note, two people read it in words of their own: it is complete, and a job follows. */
  const skipAndRead = async (canaries: Canaries, caseId: string): Promise<void> => {
    const claimed = async (client: ConsiliumClient) => {
      const answer = (await client.request(claimCase, { input: { commandId: canaries.key(), caseId } })).claimCase;
      if (answer.__typename !== 'Claimed') throw new Error(answer.__typename);
      return answer;
    };
    const skipper = clientOf('annotator-1');
    const { leaseToken } = await claimed(skipper);
    const skipped = await skipper.request(skipRead, {
      input: { commandId: canaries.key(), caseId, leaseToken, reason: 'OTHER', note: canaries.text() },
    });
    expect(skipped.skipRead.__typename).toBe('ReadEnded');
    const asked = await skipper.request(openThread, {
      input: { commandId: canaries.key(), caseId, text: canaries.text() },
    });
    if (asked.openThread.__typename !== 'ThreadOpened') throw new Error(asked.openThread.__typename);
    const { commentId } = asked.openThread;
    const correction = { commandId: canaries.key(), caseId, commentId, revision: 1, text: canaries.text() };
    const corrected = await skipper.request(correctComment, { input: correction });
    expect(corrected.correctComment.__typename).toBe('CommentCorrected');
    for (const name of ['annotator-2', 'annotator-3']) {
      const reader = clientOf(name);
      const read = await claimed(reader);
      const box = canaries.key();
      const at = {
        imageId: read.case.images[0]?.id ?? '',
        system: 'PIXEL',
        x1: '1',
        y1: '2',
        x2: '30',
        y2: '40',
      } as const;
      const submitted = await reader.request(submitAnnotation, {
        input: {
          commandId: canaries.key(),
          caseId,
          leaseToken: read.leaseToken,
          revision: 0,
          annotation: {
            answer: 'FINDINGS',
            findings: [{ statement: { es: canaries.text(), en: canaries.text() }, labels: ['nodule'], regions: [box] }],
            regions: [{ key: box, ...at }],
          },
        },
      });
      expect(submitted.submitAnnotation.__typename).toBe('AnnotationSubmitted');
    }
  };

  beforeAll(async () => {
    system = await startSystem(servers);
    endings.add(() => system.stop());
    database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    keyFile = system.environment['CONSILIUM_KEY_FILE'] ?? '';
    administrator = clientOf('administrator');
    const created = await administrator.request(createProject, {
      input: { commandId: 'create', name: 'Chest', protocol: { readsPerCase: 2, labels: [{ term: 'nodule' }] } },
    });
    if (created.createProject.__typename !== 'ProjectCreated') throw new Error(created.createProject.__typename);
    ({ projectId } = created.createProject);
    for (const name of ['annotator-1', 'annotator-2', 'annotator-3']) {
      const input = { commandId: name, projectId, personId: system.person(name).personId };
      await administrator.request(registerAnnotator, { input });
    }
    const cases = [caseOf(erased, erasedKey, 0), caseOf(erased, erasedKey, 1), caseOf(other, other.key(), 2)];
    const imported = await administrator.request(importCases, { input: { commandId: erased.key(), projectId, cases } });
    if (imported.importCases.__typename !== 'CasesImported') throw new Error(imported.importCases.__typename);
    caseIds = imported.importCases.rows.map(({ caseId }) => caseId ?? '');
    const [first, , third] = caseIds;
    await skipAndRead(erased, first ?? '');
    await skipAndRead(other, third ?? '');
    await waitUntilDrained(database);
  });

  afterAll(() => endings.run());

  it('is of something that could be read: by whoever has database and keys, and by whoever exports', async () => {
    const opened = await readWithAllKeys(database, keyFile);
    const { stdout, exitCode } = await exported();
    expect(exitCode).toBe(0);
    const file = { where: 'export', bytes: Buffer.from(stdout) };
    expect(erased.kept.filter((word) => placesOf([file], [word]).length > 0).length).toBe(
      erased.kept.length - notExported,
    );
    for (const word of [...erased.kept, ...other.kept]) expect(placesOf([opened], [word])).toEqual(['opened']);
  });

  it('starts from texts that stand nowhere in the clear, and keys of people that stand nowhere at all', async () => {
    const held = await everythingHeld(system, servers, database);
    expect(placesOf(held, [...erased.all, ...other.all])).toEqual([]);
    // The search does look everywhere, and finds what is there: ids of cases are pseudonyms, and stay.
    const kinds = new Set(placesOf(held, caseIds).map((where) => where.split(' ')[0]));
    for (const kind of ['table', 'Kafka', 'Redis']) expect(kinds).toContain(kind);
    const files = held.filter(({ where }) => where.includes('/kafka/data/'));
    if (files.length > 0) expect(placesOf(files, caseIds)).not.toEqual([]);
    expect(held.some(({ where }) => where.endsWith('api.log'))).toBe(true);
  });

  it('leaves nothing of that subject readable, everything of others, and a history that verifies', async () => {
    const keysBefore = await unwrapAll(database, keyFile);
    const wrapped = await database.query({ text: 'SELECT wrapped_key FROM vault.subject_key' });
    expect(keysBefore).toHaveLength(2);
    expect(wrapped).toHaveLength(2);

    // Another process of the api has the key in memory when this one destroys it.
    const another = new ServiceProcess('api', system.environment, join(system.folder, 'api-2.log'));
    endings.add(() => another.stop());
    await another.start();
    await another.waitUntilReady();
    const late = clientOf('annotator-1', another);
    const claimed = (await late.request(claimCase, { input: { commandId: 'late', caseId: caseIds[1] ?? '' } }))
      .claimCase;
    if (claimed.__typename !== 'Claimed') throw new Error(claimed.__typename);
    expect(placesOf([{ where: 'shown', bytes: Buffer.from(JSON.stringify(claimed)) }], erased.kept)).toEqual(['shown']);

    const answer = (
      await administrator.request(eraseSubject, {
        input: { commandId: 'erase', subjectKey: erasedKey, reason: 'SUBJECT_REQUEST' },
      })
    ).eraseSubject;
    expect(answer).toMatchObject({
      __typename: 'SubjectErased',
      cases: 2,
      recipients: [{ recipient: 'Registry', purpose: 'training', projectId, exports: 1 }],
    });
    const subjectId = answer.__typename === 'SubjectErased' ? answer.subjectId : '';

    // Before anything else happens, by the process that erased.
    const after = { where: 'export', bytes: Buffer.from((await exported()).stdout) };
    expect(placesOf([after], erased.all)).toEqual([]);
    expect(other.kept.filter((word) => placesOf([after], [word]).length > 0).length).toBe(
      other.kept.length - notExported,
    );

    const { leaseToken } = claimed;
    const note = {
      commandId: 'note',
      caseId: caseIds[1] ?? '',
      leaseToken,
      reason: 'OTHER',
      note: erased.text(),
    } as const;
    expect((await late.request(skipRead, { input: note })).skipRead).toMatchObject({
      __typename: 'Invalid',
      problems: [{ code: 'SUBJECT_ERASED' }],
    });

    await waitUntilDrained(database);
    const opened = await readWithAllKeys(database, keyFile);
    expect(placesOf([opened], erased.all)).toEqual([]);
    for (const word of other.kept) expect(placesOf([opened], [word])).toEqual(['opened']);

    const held = await everythingHeld(system, servers, database);
    expect(placesOf(held, [...erased.all, ...other.all])).toEqual([]);
    // Nor is the key itself anywhere, wrapped or not.
    const gone = keysBefore.filter((key) => key.subjectId === subjectId).map(({ key }) => key);
    expect(gone).toHaveLength(1);
    expect(placesOf(held, gone)).toEqual([]);
    const left = await database.query({
      text: 'SELECT wrapped_key FROM vault.subject_key WHERE wrapped_key IS NOT NULL',
    });
    expect(left).toHaveLength(1);
  });

  it('breaks no proof: verify finds that all holds together', async () => {
    const sealKeyFile = system.environment['CONSILIUM_SEAL_KEY_FILE'] ?? '';
    const key = (await promisify(execFile)(process.execPath, [makeSealKey, sealKeyFile])).stdout.trim();
    const { stdout, exitCode } = await consilium('verify', '--key', key, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ holds: true, problems: [] });
    expect(exitCode).toBe(0);
  });

  it('gives the same views when they are made anew', async () => {
    const { live, rebuilt } = await compareWithRebuild(
      system.databaseUrl,
      await readKafka(servers.kafkaBrokers, system.topicPrefix),
    );
    expect(rebuilt).toEqual(live);
  });

  it('leaves the texts of others to be read when keys change hands, and the old key is gone', async () => {
    const before = await readFile(keyFile, 'utf8');
    const rewrap = async (...args: readonly string[]): Promise<CommandResult> =>
      runProgram(rewrapKeys, args, { environment: system.environment });
    const restart = async (): Promise<void> => {
      await system.api.stop();
      await system.api.start();
      await system.api.waitUntilReady();
    };
    expect((await rewrap('--add-key')).exitCode).toBe(0);
    await restart();
    const rewrapped = await rewrap();
    expect(rewrapped.exitCode).toBe(0);
    expect(rewrapped.stdout + rewrapped.stderr).toContain('"rewrapped":1');
    const file = JSON.parse(await readFile(keyFile, 'utf8')) as { readonly keyEncryptionKeys: readonly object[] };
    await writeFile(keyFile, JSON.stringify({ ...file, keyEncryptionKeys: file.keyEncryptionKeys.slice(1) }));
    await restart();
    const shown = { where: 'export', bytes: Buffer.from((await exported()).stdout) };
    expect(other.kept.filter((word) => placesOf([shown], [word]).length > 0).length).toBe(
      other.kept.length - notExported,
    );
    expect(placesOf([shown], erased.all)).toEqual([]);
    // Whoever has the old key file and the database of now reads nothing any more.
    const old = join(system.folder, 'old-keys.json');
    await writeFile(old, before, { mode: 0o600 });
    await expect(unwrapAll(database, old)).rejects.toThrow('does not open');
  });
});
