import { connect } from 'node:net';

const probeTimeoutMs = 1_000;

/** True when the server accepts the password, if any, and answers PING; false while it still loads its data. */
export function redisAnswers(host: string, port: number, password?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: probeTimeoutMs });
    let received = '';
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => {
      if (password !== undefined) socket.write(`AUTH ${password}\r\n`);
      socket.write('PING\r\n');
    });
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
      received += chunk.toString('latin1');
      if (received.includes('+PONG')) finish(true);
      else if (received.split('\r\n').some((line) => line.startsWith('-'))) finish(false);
    });
  });
}
