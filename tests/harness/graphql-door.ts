import { randomUUID } from 'node:crypto';

/** What came back from an HTTP request of any shape. */
export interface DoorAnswer {
  readonly status: number;
  readonly text: string;
  /** Undefined where the answer holds none. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  /** extensions.code of every error. */
  readonly codes: readonly string[];
}

/** Sends what no well-behaved client would. */
export async function knock(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<DoorAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const { data, errors } = objectOf(parsed(text));
  return {
    status: response.status,
    text,
    data: typeof data === 'object' && data !== null ? objectOf(data) : undefined,
    codes: Array.isArray(errors)
      ? errors.map((error: unknown) => String(objectOf(objectOf(error)['extensions'])['code']))
      : [],
  };
}

export const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` });

export interface SocketEnd {
  /** Frames after the connection was acknowledged. */
  readonly frames: readonly Readonly<Record<string, unknown>>[];
  /** Of the socket, where the server closed it. */
  readonly closeCode: number | undefined;
}

const longestSilenceMs = 10_000;

/** Opens a graphql-ws socket, sends one operation, and listens until the server has answered it or closed the socket. */
export async function askOverSocket(
  url: string,
  token: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<SocketEnd> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const id = randomUUID();
  const frames: Readonly<Record<string, unknown>>[] = [];
  try {
    return await new Promise<SocketEnd>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('the server neither answered nor closed the socket'));
      }, longestSilenceMs);
      const end = (closeCode: number | undefined): void => {
        clearTimeout(timer);
        resolve({ frames, closeCode });
      };
      socket.onopen = () => {
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
      };
      socket.onclose = ({ code }) => {
        end(code);
      };
      socket.onmessage = ({ data }) => {
        const frame = objectOf(parsed(String(data)));
        if (frame['type'] === 'connection_ack') {
          socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
          return;
        }
        frames.push(frame);
        if (frame['type'] === 'error' || frame['type'] === 'complete') end(undefined);
      };
    });
  } finally {
    socket.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
