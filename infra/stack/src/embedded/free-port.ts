import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { serverTitles, type ServerName } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';

/**
 * Below the ranges from which systems draw the ports of outgoing connections. A port inside them can be taken while its
 * server is being restarted, even by the very client that tries to reconnect to it.
 */
const lowestPort = 20_000;
const highestPort = 32_000;
const attempts = 200;

/** Ports promised to servers that do not listen yet, so that starts side by side get different ones. */
const promised = new Set<number>();

/** True when this process could listen on the port of 127.0.0.1 right now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

export interface PortWish {
  readonly server: ServerName;
  /** Must be this one. */
  readonly demanded?: number | undefined;
  /** Rather this one, the port of the last run. */
  readonly remembered?: number | undefined;
}

/** A port of 127.0.0.1 that is free now. It is kept from other callers here until releasePort(). */
export async function choosePort({ server, demanded, remembered }: PortWish): Promise<number> {
  if (demanded !== undefined) {
    if (await tryPromise(demanded)) return demanded;
    throw portTaken(server, demanded);
  }
  if (remembered !== undefined && (await tryPromise(remembered))) return remembered;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowestPort, highestPort);
    if (await tryPromise(port)) return port;
  }
  throw new StackUnavailable(
    'port-taken',
    `No free port between ${lowestPort} and ${highestPort} was found for ${serverTitles[server]}`,
    'stop some of the programs that listen on 127.0.0.1',
  );
}

/** To be called once the server listens, or will not. */
export function releasePort(port: number): void {
  promised.delete(port);
}

export function portTaken(server: ServerName, port: number): StackUnavailable {
  return new StackUnavailable(
    'port-taken',
    `Port ${port} of 127.0.0.1, which ${serverTitles[server]} was told to use, is taken by another program`,
    'stop that program or choose another port',
  );
}

async function tryPromise(port: number): Promise<boolean> {
  if (promised.has(port)) return false;
  promised.add(port);
  if (await isPortFree(port)) return true;
  promised.delete(port);
  return false;
}
