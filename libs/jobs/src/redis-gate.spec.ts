import { connect, createServer, type Socket } from 'node:net';

/**
 * A way to the real Redis that can be shut: its clients lose their connections and get none, until it is opened again. It
 * keeps its port meanwhile, which another process could take otherwise.
 */
export interface RedisGate {
  readonly url: string;
  /** Connections through it at this moment. */
  connections(): number;
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

export async function openRedisGate(redisUrl: string): Promise<RedisGate> {
  const target = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((client) => {
    // A client whose connection is dropped again reports what it likes.
    client.on('error', () => undefined);
    if (!isOpen) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate listens on no port');
  const url = new URL(redisUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  const shut = (): void => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    connections: () => sockets.size / 2,
    shut,
    open: () => {
      isOpen = true;
    },
    close: async () => {
      shut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
