import { submitAnnotation } from '@consilium/client';
import { request } from 'node:http';
import type { Agent } from 'node:http';
import { type HeldRead, submission } from '../harness/workload.ts';

/** A request as it goes over the wire, made before the clock starts, so that the load costs the machine little. */
export interface PreparedSubmission {
  readonly token: string;
  readonly text: string;
}

export const preparedSubmission = (read: HeldRead, token: string, seed: number): PreparedSubmission => ({
  token,
  text: JSON.stringify({
    operationName: submitAnnotation.name,
    query: submitAnnotation.document,
    variables: { input: submission(read, seed) },
  }),
});

/** The body of the answer, whatever its status. */
export const postPrepared = (agent: Agent, port: number, body: PreparedSubmission): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/graphql',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body.text),
          authorization: `Bearer ${body.token}`,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve(Buffer.concat(parts).toString('utf8'));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body.text);
  });
