import type { StackUnavailable } from './stack-unavailable.ts';

export type ServerName = 'postgres' | 'kafka' | 'redis';

export const serverNames: readonly ServerName[] = ['postgres', 'kafka', 'redis'];

/** What people call each server, for sentences. */
export const serverTitles: Readonly<Record<ServerName, string>> = {
  postgres: 'PostgreSQL',
  kafka: 'Apache Kafka',
  redis: 'Redis',
};

/** How a server was obtained. */
export type ServerSource = 'environment' | 'docker' | 'embedded';

export interface ServerChoice {
  readonly server: ServerName;
  readonly how: ServerSource;
  /** Half a sentence for people, e.g. `DATABASE_URL is set`. Never holds a URL, which may contain a password. */
  readonly why: string;
}

/** Addresses in the form in which processes read them from their environment. */
export interface StackUrls {
  /** `postgresql://user:password@host:port/database`; the user may create databases and roles. */
  readonly databaseUrl: string;
  /** `host:port[,host:port...]`, PLAINTEXT. */
  readonly kafkaBrokers: string;
  /** `redis://[:password@]host:port`. */
  readonly redisUrl: string;
}

/**
 * One server that this stack owns. The port and the data stay the same over its whole life, so a test may bounce it
 * under load. Operations on one handle run one after the other, in the order in which they were called.
 */
export interface ServerHandle {
  readonly server: ServerName;
  readonly port: number;
  /** Everything the server printed, oldest first; the run before is beside it with the ending `.previous`. */
  readonly logFile: string;
  /** Process id on this machine; undefined while stopped, and always for a container. */
  readonly pid: number | undefined;
  readonly running: boolean;
  /** Resolves once the server answers; does nothing when it is running. Rejects with StackUnavailable. */
  start(): Promise<void>;
  /** Orderly shutdown; does nothing when it is stopped. */
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would; for Postgres to the postmaster. Resolves once the process is gone. */
  kill(): Promise<void>;
  /** stop() and start(). */
  restart(): Promise<void>;
}

export interface StackProgress {
  readonly server: ServerName;
  readonly message: string;
  /** Of the whole start, from 0 to 1, never falling. */
  readonly fraction: number;
}

export interface StackOptions {
  /** `run` keeps data and ports between starts; `test` uses a temporary folder that goes with the stack. */
  readonly purpose: 'run' | 'test';
  /** The checkout: holds docker-compose.yml, and `.consilium/` unless dataDirectory says otherwise. */
  readonly repositoryRoot: string;
  /** Usually process.env. Read for URLs, CONSILIUM_* settings, PATH, JAVA_HOME and the like. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * `run`: the data folder; default CONSILIUM_DATA, else `.consilium` below repositoryRoot. `test`: where to make the
   * temporary folder; default the system's.
   */
  readonly dataDirectory?: string;
  /** Ports that must be used; without them, those of the last run if still free, else free ones. */
  readonly ports?: Partial<Readonly<Record<ServerName, number>>>;
  /** Refuse to start with less free space than this in the data folder. Default 512 MiB. */
  readonly minimumFreeBytes?: number;
  readonly onProgress?: (progress: StackProgress) => void;
  /** Called when a server that this stack owns goes away without having been asked to. */
  readonly onServerLost?: (failure: StackUnavailable) => void;
  /** Gives up the start: everything begun is stopped and startStack rejects with reason `interrupted`. */
  readonly signal?: AbortSignal;
}

export interface RunningStack {
  readonly urls: StackUrls;
  readonly chosen: readonly ServerChoice[];
  /** The servers that this stack started; those given by the environment are missing. */
  readonly servers: Partial<Readonly<Record<ServerName, ServerHandle>>>;
  /** Where data and logs are; undefined when the environment gave all three. */
  readonly dataDirectory: string | undefined;
  /** Orderly stop of every server that this stack started, Postgres last. May be called twice. */
  stop(): Promise<void>;
}
