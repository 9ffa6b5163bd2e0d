import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { serverTitles, type ServerName } from '../running-stack.ts';
import { StackUnavailable } from '../stack-unavailable.ts';

/**
 * Below the ranges from which systems draw the ports of outgoing connections. A port inside them can be taken while its
 * server is being restarted, even by the very client that tries to reconnect to it.
 */
const lowestPort = 20_000;
const highestPort = 32_000;
const attempts = 200;

const handedOut = new Set<number>();

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

/** A port of 127.0.0.1 that is free now and was not handed out before by this process. */
export async function choosePort({ server, demanded, remembered }: PortWish): Promise<number> {
  if (demanded !== undefined) {
    if (await isPortFree(demanded)) return demanded;
    throw portTaken(server, demanded);
  }
  if (remembered !== undefined && !handedOut.has(remembered) && (await isPortFree(remembered))) return handOut(remembered);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowestPort, highestPort);
    if (!handedOut.has(port) && (await isPortFree(port))) return handOut(port);
  }
  throw new StackUnavailable(
    'port-taken',
    `No free port between ${String(lowestPort)} and ${String(highestPort)} was found for ${serverTitles[server]}`,
    'stop some of the programs that listen on 127.0.0.1',
  );
}

export function portTaken(server: ServerName, port: number): StackUnavailable {
  return new StackUnavailable(
    'port-taken',
    `Port ${String(port)} of 127.0.0.1, which ${serverTitles[server]} was told to use, is taken by another program`,
    'stop that program or choose another port',
  );
}

function handOut(port: number): number {
  handedOut.add(port);
  return port;
}
