import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to the real Redis that can be shut: what its clients see is a Redis that went away and came back on its port. */
export interface RedisGate {
  readonly url: string;
  /** Connections through it at this moment. */
  connections(): number;
  shut(): Promise<void>;
  open(): Promise<void>;
}

export async function openRedisGate(redisUrl: string): Promise<RedisGate> {
  const target = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const listen = async (): Promise<void> => {
    const listening = createServer((client) => {
      // Accepted by the system just before the gate was shut.
      if (server !== listening) {
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
    server = listening;
    await new Promise<void>((resolve) => {
      listening.listen(port, '127.0.0.1', resolve);
    });
    const address = listening.address();
    if (address === null || typeof address === 'string') throw new Error('the gate listens on no port');
    port = address.port;
  };
  await listen();
  const url = new URL(redisUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    connections: () => sockets.size / 2,
    open: listen,
    shut: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      const closed = new Promise<void>((resolve) => {
        closing.close(() => {
          resolve();
        });
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
