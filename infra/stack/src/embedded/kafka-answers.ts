import { connect } from 'node:net';

const probeTimeoutMs = 1_000;
const metadataApiKey = 3;

/** Request header v1 and the body of Metadata v1 (KIP-4) for no topics: an empty array, where null would mean all. */
const metadataRequest = Buffer.from([
  ...[0, 0, 0, 14],
  ...[0, metadataApiKey, 0, 1],
  ...[0, 0, 0, 1],
  ...[0xff, 0xff],
  ...[0, 0, 0, 0],
]);

/**
 * True when the broker names at least one live broker. A listener that merely accepts is not enough: until the
 * controller has admitted the broker, creating a topic fails for want of replicas.
 */
export function kafkaAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: probeTimeoutMs });
    let received = Buffer.alloc(0);
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => socket.write(metadataRequest));
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
      received = Buffer.concat([received, chunk]);
      // Length, correlation id, then the number of brokers.
      if (received.length >= 12) finish(received.readInt32BE(8) > 0);
    });
  });
}
