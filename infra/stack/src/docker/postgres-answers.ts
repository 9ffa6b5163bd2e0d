import { connect } from 'node:net';

const probeTimeoutMs = 1_000;
const protocolVersion = 0x0003_0000;

/**
 * True when Postgres would let a client log in. Behind Docker's port proxy a connection is accepted long before, so a
 * start-up message is sent: a ready server asks for a password, one that still recovers answers SQLSTATE 57P03.
 */
export function postgresAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: probeTimeoutMs });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => socket.write(startupMessage()));
    socket.on('error', () => {
      finish(false);
    });
    socket.on('timeout', () => {
      finish(false);
    });
    socket.on('close', () => {
      finish(false);
    });
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      finish(text.startsWith('R') || (text.startsWith('E') && !text.includes('57P03')));
    });
  });
}

function startupMessage(): Buffer {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0', 'latin1');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + body.length, 0);
  head.writeInt32BE(protocolVersion, 4);
  return Buffer.concat([head, body]);
}
