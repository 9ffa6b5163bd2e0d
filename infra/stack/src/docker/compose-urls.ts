/** Reads, from the resolved docker-compose.yml, how this machine reaches the three servers. Pure. */
import type { ServerName } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';

/** The service of docker-compose.yml that is each server. */
export const composeServices: Readonly<Record<ServerName, string>> = {
  postgres: 'postgres',
  kafka: 'kafka',
  redis: 'valkey',
};

const containerPorts = { postgres: 5432, redis: 6379 } as const;

export interface ComposeServer {
  readonly url: string;
  readonly port: number;
}

/** From the JSON of `docker compose config --format json`. */
export function readComposeServer(server: ServerName, configuration: unknown): ComposeServer {
  const service = field(field(configuration, 'services'), composeServices[server]);
  switch (server) {
    case 'postgres': {
      const port = publishedPort(server, service);
      const user = variable(service, 'POSTGRES_USER') ?? 'postgres';
      const password = encodeURIComponent(variable(service, 'POSTGRES_PASSWORD') ?? '');
      const database = variable(service, 'POSTGRES_DB') ?? user;
      return { port, url: `postgresql://${user}:${password}@127.0.0.1:${port}/${database}` };
    }
    case 'kafka': {
      const listeners = (variable(service, 'KAFKA_ADVERTISED_LISTENERS') ?? '').split(',');
      const port = listeners.map(loopbackPort).find((found) => found !== undefined);
      if (port === undefined) throw unreadable(server, 'advertises no listener on localhost');
      return { port, url: `localhost:${port}` };
    }
    case 'redis': {
      const port = publishedPort(server, service);
      return { port, url: `redis://127.0.0.1:${port}` };
    }
    default:
      return server satisfies never;
  }
}

function publishedPort(server: 'postgres' | 'redis', service: unknown): number {
  const ports = field(service, 'ports');
  const entries: readonly unknown[] = Array.isArray(ports) ? ports : [];
  const entry = entries.find((one) => field(one, 'target') === containerPorts[server]);
  const published = Number(field(entry, 'published'));
  if (Number.isInteger(published) && published > 0) return published;
  throw unreadable(server, `publishes no fixed port for ${containerPorts[server]}`);
}

function loopbackPort(listener: string): number | undefined {
  const match = /:\/\/(?:localhost|127\.0\.0\.1):(\d+)\s*$/.exec(listener);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function variable(service: unknown, name: string): string | undefined {
  const value = field(field(service, 'environment'), name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function unreadable(server: ServerName, what: string): StackUnavailable {
  return new StackUnavailable(
    'docker-failed',
    `The service ${composeServices[server]} of docker-compose.yml ${what}`,
    'correct docker-compose.yml, or set CONSILIUM_STACK=embedded',
  );
}
