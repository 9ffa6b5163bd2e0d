import { connect } from 'node:net';
import type { ServerName } from './running-stack.ts';
import { StackUnavailable } from './stack-unavailable.ts';

const connectTimeoutMs = 5_000;

/** The variable that names a server which is already there. */
export const urlVariables: Readonly<Record<ServerName, string>> = {
  postgres: 'DATABASE_URL',
  kafka: 'KAFKA_BROKERS',
  redis: 'REDIS_URL',
};

const protocols: Readonly<Record<'postgres' | 'redis', readonly string[]>> = {
  postgres: ['postgres:', 'postgresql:'],
  redis: ['redis:', 'rediss:'],
};
const defaultPorts: Readonly<Record<ServerName, number>> = { postgres: 5432, kafka: 9092, redis: 6379 };
const forms: Readonly<Record<ServerName, string>> = {
  postgres: 'postgresql://user:password@host:port/database',
  kafka: 'host:port, or several separated by commas',
  redis: 'redis://host:port',
};

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The servers that the environment names; a variable that is empty counts as not set. */
export function givenUrls(
  environment: Readonly<Record<string, string | undefined>>,
): Partial<Readonly<Record<ServerName, string>>> {
  const urls: Partial<Record<ServerName, string>> = {};
  for (const server of ['postgres', 'kafka', 'redis'] as const) {
    const value = environment[urlVariables[server]]?.trim();
    if (value !== undefined && value !== '') urls[server] = value;
  }
  return urls;
}

/** Where the URL points to. Throws, without repeating the URL (it may hold a password), when it has another form. */
export function addressesOf(server: ServerName, url: string): readonly Address[] {
  const addresses = server === 'kafka' ? url.split(',').map(brokerAddress) : [urlAddress(server, url)];
  return addresses.map((address) => {
    if (address !== undefined) return address;
    const variable = urlVariables[server];
    throw new StackUnavailable(
      'environment-invalid',
      `${variable} does not have the form ${forms[server]}`,
      `correct it, or unset ${variable} to have a server started`,
    );
  });
}

/** Throws when none of the addresses accepts a connection. */
export async function refuseUnreachable(server: ServerName, url: string): Promise<void> {
  const addresses = addressesOf(server, url);
  const answers = await Promise.all(addresses.map(accepts));
  if (answers.includes(true)) return;
  const variable = urlVariables[server];
  const places = addresses.map(({ host, port }) => `${host}:${port}`).join(', ');
  throw new StackUnavailable(
    'environment-unreachable',
    `${variable} is set, but nothing answers at ${places}`,
    `start that server, or unset ${variable} to have one started`,
  );
}

function brokerAddress(broker: string): Address | undefined {
  const match = /^\s*(?:([\w.-]+)|\[([\da-f:]+)\]):(\d{1,5})\s*$/i.exec(broker);
  const host = match?.[1] ?? match?.[2];
  return host === undefined ? undefined : { host, port: Number(match?.[3]) };
}

function urlAddress(server: 'postgres' | 'redis', text: string): Address | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!protocols[server].includes(url.protocol) || url.hostname === '') return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port: url.port === '' ? defaultPorts[server] : Number(url.port) };
}

function accepts({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectTimeoutMs });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => {
      finish(true);
    });
    socket.on('error', () => {
      finish(false);
    });
    socket.on('timeout', () => {
      finish(false);
    });
  });
}
