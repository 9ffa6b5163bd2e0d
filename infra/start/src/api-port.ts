import { createServer } from 'node:net';
import { StartFailed } from './start-failed.ts';

const usualPort = 4_000;
const portsTried = 100;

export interface ApiPort {
  readonly port: number;
  /** True when the usual port is taken and nobody asked for another. */
  readonly insteadOfUsual: boolean;
}

/** @throws StartFailed when the port asked for is taken, or none of a hundred is free */
export async function chooseApiPort(demanded: number | undefined): Promise<ApiPort> {
  if (demanded !== undefined) {
    if (await isFree(demanded)) return { port: demanded, insteadOfUsual: false };
    throw new StartFailed(`Port ${demanded} of 127.0.0.1 is taken: stop what listens there, or choose another --port.`);
  }
  for (let port = usualPort; port < usualPort + portsTried; port += 1) {
    if (await isFree(port)) return { port, insteadOfUsual: port !== usualPort };
  }
  throw new StartFailed(
    `No port from ${usualPort} to ${usualPort + portsTried - 1} of 127.0.0.1 is free: choose one with --port.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
