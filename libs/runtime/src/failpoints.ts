import { writeSync } from 'node:fs';
import { z } from 'zod';
import { type Environment, ConfigError, readConfig } from './read-config.ts';

/*
 * Named places at which a process can be made to kill itself, so that a test may ask what a crash just there leaves behind
 * (docs/adr/0011). One process can be armed with one of them, from its start on; a passage that is not armed costs a comparison.
 */

/** In the order in which an event passes them. */
export const failpoints = [
  /** The streams are loaded, nothing is decided. */
  'command.loaded',
  /** It is decided and encoded, nothing is sent to the store. */
  'command.decided',
  /** The append is about to be sent to Postgres. */
  'append.sending',
  /** Postgres has committed, and the process knows. */
  'append.committed',
  /** The answer is made, and the client has not seen it. */
  'command.answering',
  /** The relay is about to give numbers. */
  'sequence.before',
  /** Numbers are given, nothing was sent to Kafka. */
  'sequence.after',
  /** Kafka has the batch, the cursor has not moved. */
  'publish.produced',
  'publish.advanced',
  /** A head is signed, nothing is stored. */
  'seal.signed',
  /** Head and tiles are stored, nothing is on Kafka. */
  'seal.stored',
  /** The head is on Kafka, not in the anchor. */
  'seal.published',
  /** Rows and place are written, the transaction is open. */
  'project.written',
  /** The transaction is committed, Kafka has not been told. */
  'project.committed',
  /** A worker has the job and has done nothing. */
  'job.taken',
  /** The consensus is computed, its command not sent. */
  'job.computed',
  /** The command is stored, Redis has not been told. */
  'job.recorded',
] as const;

export type Failpoint = (typeof failpoints)[number];

/** `<name>` or `<name>:<passage>`: at which passage, from 1, the process kills itself. */
export const failpointVariable = 'CONSILIUM_FAILPOINT';
/** Must say {@link failpointConsent} too. */
export const failpointConsentVariable = 'CONSILIUM_FAILPOINT_CONSENT';
export const failpointConsent = 'this process may kill itself';

interface Armed {
  readonly name: Failpoint;
  readonly die: (name: Failpoint) => void;
  passagesLeft: number;
}

let armed: Armed | undefined;

const schema = z.object({
  [failpointVariable]: z
    .string()
    .refine((text) => readFailpoint(text) !== undefined, {
      error: 'is no failpoint, or its passage is not from 1 to 999999',
    })
    .transform(readFailpoint)
    .optional(),
  [failpointConsentVariable]: z.string().optional(),
  CONSILIUM_MODE: z.string().optional(),
});

/**
 * Arms what the environment names, once, at the start of a process. Nothing is armed by accident: it takes development mode (a
 * process runs in production mode unless told otherwise) and a second variable, and a process that is told of a failpoint
 * without them does not start.
 * @throws ConfigError
 */
export function armFailpoint(environment: Environment, die: Armed['die'] = killThisProcess): void {
  armed = undefined;
  const read = readConfig(schema, environment);
  const wanted = read[failpointVariable];
  if (wanted === undefined) return;
  if (read.CONSILIUM_MODE !== 'development' || read[failpointConsentVariable] !== failpointConsent) {
    throw new ConfigError(
      `${failpointVariable} is set: it is for tests alone, in development mode and with ${failpointConsentVariable}.`,
      [failpointVariable],
    );
  }
  armed = { ...wanted, die };
}

/** Said wherever a crash is worth a test. */
export function passFailpoint(name: Failpoint): void {
  if (armed?.name !== name) return;
  armed.passagesLeft -= 1;
  if (armed.passagesLeft === 0) armed.die(name);
}

function readFailpoint(text: string | undefined): { readonly name: Failpoint; passagesLeft: number } | undefined {
  const [, known, passage = '1'] = /^([a-z.]+)(?::([1-9]\d{0,5}))?$/.exec(text ?? '') ?? [];
  const name = failpoints.find((candidate) => candidate === known);
  return name === undefined ? undefined : { name, passagesLeft: Number(passage) };
}

/** As a crash: no handler runs, nothing is flushed. It does not return: the signal may take a moment to be delivered. */
function killThisProcess(name: Failpoint): void {
  writeSync(process.stderr.fd, `failpoint ${name}: this process kills itself\n`);
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
