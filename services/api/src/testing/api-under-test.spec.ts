import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeRecord } from '@consilium/contracts';
import type { OrganisationId, PersonId, Role } from '@consilium/domain';
import {
  ensureLocalKeyFile,
  eventStoreMigrations,
  type LoggedEvent,
  PostgresLogReader,
  PostgresRelayLease,
  PostgresSequencer,
} from '@consilium/event-store';
import { Database } from '@consilium/postgres';
import { createTestDatabase, type TestDatabase } from '@consilium/postgres/testing';
import { type ConsumedRecord, ProjectionStore, readModelMigrations } from '@consilium/read-model';
import { createLogger } from '@consilium/runtime';
import { type LocalIssuer, localPersonId, openLocalIssuer } from '../access/local-issuer.ts';
import { type ApiConfig, shippedOperations } from '../config.ts';
import { type RunningApi, startApi } from '../start-api.ts';

export const organisation = '22222222-2222-4222-8222-222222222222' as OrganisationId;
export const otherOrganisation = '33333333-3333-4333-8333-333333333333' as OrganisationId;

export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly organisation?: OrganisationId;
}

export const personIdOf = ({ name, organisation: of = organisation }: Person): PersonId => localPersonId(of, name);

export const lena: Person = { name: 'lena', role: 'lead' };
export const ana: Person = { name: 'ana', role: 'annotator' };
export const ben: Person = { name: 'ben', role: 'annotator' };
export const cara: Person = { name: 'cara', role: 'annotator' };
export const stranger: Person = { name: 'lena', role: 'lead', organisation: otherOrganisation };

export interface Answer {
  readonly status: number;
  /** The body as it came. */
  readonly text: string;
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
}

export interface SharedSecrets {
  readonly folder: string;
  readonly issuer: LocalIssuer;
}

/** Keys and tokens, which several instances may share. */
export async function makeSecrets(): Promise<SharedSecrets> {
  const folder = await mkdtemp(join(tmpdir(), 'consilium-api-'));
  await ensureLocalKeyFile(join(folder, 'keys.json'));
  return { folder, issuer: await openLocalIssuer(folder) };
}

/** The whole service in this process on a database of its own, and relay and projector at the push of a button. */
export class ApiUnderTest {
  readonly owner: Database;
  #running: RunningApi;
  readonly #config: ApiConfig;
  readonly #test: TestDatabase;
  readonly #secrets: SharedSecrets;
  readonly #ownsSecrets: boolean;
  readonly #relay: Database;
  readonly #projector: Database;
  readonly #views: ProjectionStore;
  readonly #tokens = new Map<string, string>();
  #published = 0;
  #epoch: number | undefined;

  private constructor(
    config: ApiConfig,
    running: RunningApi,
    test: TestDatabase,
    secrets: SharedSecrets,
    ownsSecrets: boolean,
  ) {
    this.#config = config;
    this.#running = running;
    this.#test = test;
    this.#secrets = secrets;
    this.#ownsSecrets = ownsSecrets;
    this.owner = new Database({ url: test.url, applicationName: 'api-spec', poolSize: 2 });
    this.#relay = new Database({ url: test.url, role: 'consilium_relay', applicationName: 'api-spec', poolSize: 2 });
    this.#projector = new Database({
      url: test.url,
      role: 'consilium_projector',
      applicationName: 'api-spec',
      poolSize: 2,
    });
    this.#views = new ProjectionStore(this.#projector, { generation: 1 });
  }

  static async start(
    options: {
      readonly secrets?: SharedSecrets;
      readonly development?: boolean;
      readonly consoleFolder?: string;
      readonly operations?: Partial<ApiConfig['operations']>;
    } = {},
  ): Promise<ApiUnderTest> {
    const secrets = options.secrets ?? (await makeSecrets());
    const migrations = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
    const test = await createTestDatabase({ migrations });
    const config: ApiConfig = {
      databaseUrl: test.url,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      isDevelopment: options.development ?? false,
      keyFile: join(secrets.folder, 'keys.json'),
      jwks: secrets.issuer.jwksFile,
      issuer: 'spec',
      audience: 'spec',
      exitWithParent: false,
      operations: { mode: 'any', file: shippedOperations, ...options.operations },
      ...(options.consoleFolder === undefined ? {} : { consoleFolder: options.consoleFolder }),
    };
    return new ApiUnderTest(config, await startSilently(config), test, secrets, options.secrets === undefined);
  }

  get running(): RunningApi {
    return this.#running;
  }

  /** A new process on the same database would be like this: nothing is in its memory. */
  async restart(): Promise<void> {
    for (const { run } of this.#running.steps) await run();
    this.#running = await startSilently(this.#config);
  }

  async stop(): Promise<void> {
    for (const { run } of this.#running.steps) await run();
    await Promise.all([this.owner.close(), this.#relay.close(), this.#projector.close()]);
    await this.#test.drop();
    if (this.#ownsSecrets) await rm(this.#secrets.folder, { recursive: true });
  }

  get databaseUrl(): string {
    return this.#test.url;
  }

  get url(): string {
    return `http://127.0.0.1:${this.running.port}`;
  }

  async token(person: Person, validForS = 3_600): Promise<string> {
    const { role, organisation: of = organisation } = person;
    const key = `${person.name} ${role} ${of} ${validForS}`;
    const token =
      this.#tokens.get(key) ??
      (await this.#secrets.issuer.issue({
        personId: personIdOf(person),
        organisation: of,
        role,
        issuer: 'spec',
        audience: 'spec',
        validForS,
      }));
    this.#tokens.set(key, token);
    return token;
  }

  async ask(person: Person, query: string, variables: object = {}): Promise<Answer> {
    return this.send(JSON.stringify({ query, variables }), { authorization: `Bearer ${await this.token(person)}` });
  }

  /** The one root field of the answer. */
  async get(person: Person, query: string, variables: object = {}): Promise<Fields> {
    const { body, text } = await this.ask(person, query, variables);
    const [value] = Object.values(body.data ?? {});
    if (body.errors !== undefined || !isFields(value)) throw new Error(text);
    return value;
  }

  async send(body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as Answer['body'] };
  }

  /** What relay, Kafka and projector would do: everything that was committed shows afterwards. */
  async project(): Promise<void> {
    this.#epoch ??= (await new PostgresRelayLease(this.#relay).acquire('spec', 3_600_000))?.epoch;
    if (this.#epoch === undefined) throw new Error('another relay runs');
    await new PostgresSequencer(this.#relay).sequence(this.#epoch, 10_000);
    const log = new PostgresLogReader(this.#relay);
    const events = await log.readAfter(this.#published, 10_000);
    const logId = await log.logId();
    this.#published = events.at(-1)?.globalSeq ?? this.#published;
    for (const batch of Map.groupBy(events, ({ topic, partition }) => `${topic} ${partition}`).values()) {
      const [first] = batch;
      if (first === undefined) continue;
      const records = batch.map((event) => consumed(event, logId));
      await this.#views.apply({ topic: first.topic, partition: first.partition, records });
    }
  }
}

const startSilently = async (config: ApiConfig): Promise<RunningApi> =>
  startApi(config, createLogger({ service: 'api', level: 'silent' }));

function consumed(event: LoggedEvent, logId: string): ConsumedRecord {
  const { key, value, headers } = encodeRecord(event, 'spec', logId);
  return { key, value, headers, offset: String(event.partitionSeq) };
}

export type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text field of an answer. */
export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new Error(`${name} is no text in ${JSON.stringify(fields)}`);
  return value;
}

/** A list of objects in an answer. */
export function list(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list in ${JSON.stringify(fields)}`);
  return value.filter(isFields);
}
