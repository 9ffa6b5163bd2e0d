import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ApiUnderTest, Person } from './api-under-test.spec.ts';

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A client of graphql-transport-ws that shows every message. */
export class Socket {
  readonly socket: WebSocket;
  /** All `next`, `error` and `complete` messages. */
  readonly received: Message[] = [];
  readonly closed: Promise<number>;
  #arrived = (): void => undefined;
  #acknowledged = false;
  #pongs = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code: number) => {
        resolve(code);
      });
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as Message;
      if (message.type === 'connection_ack') this.#acknowledged = true;
      else if (message.type === 'pong') this.#pongs += 1;
      else if (message.type !== 'ping') this.received.push(message);
      this.#arrived();
    });
  }

  static async connect(api: ApiUnderTest): Promise<Socket> {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const client = new Socket(socket);
    await once(socket, 'open');
    return client;
  }

  static async open(api: ApiUnderTest, person: Person, validForS?: number): Promise<Socket> {
    const client = await Socket.connect(api);
    client.send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${await api.token(person, validForS)}` },
    });
    await client.#until(() => client.#acknowledged);
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string): void {
    this.send({ id, type: 'subscribe', payload: { query } });
  }

  /** The server has read everything sent so far, and what it began has had its turn. */
  async settled(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      const before = this.#pongs;
      this.send({ type: 'ping' });
      await this.#until(() => this.#pongs > before);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async frames(count: number): Promise<void> {
    await this.#until(() => this.received.length >= count);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }
}
