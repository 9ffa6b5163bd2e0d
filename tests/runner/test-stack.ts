import { fileURLToPath } from 'node:url';
import { startStack } from '@consilium/stack';
import type { RunningStack } from '@consilium/stack';

/** Where integration and whole-system tests find the three servers. */
export type TestStackEnvironment = {
  readonly CONSILIUM_TEST_DATABASE_URL: string;
  readonly CONSILIUM_TEST_KAFKA_BROKERS: string;
  readonly CONSILIUM_TEST_REDIS_URL: string;
};

export type TestStack = {
  readonly environment: TestStackEnvironment;
  /** Stops only what this call started; may be called twice. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts one stack for a whole run of tests, or takes the one that an outer runner started and named in the
 * environment. If this process dies without stop(), the stack's watchdog stops the servers.
 *
 * @throws StackUnavailable with one sentence that names the remedy.
 */
export async function startTestStack(signal?: AbortSignal): Promise<TestStack> {
  const given = givenByRunner();
  if (given !== undefined) return { environment: given, stop: () => Promise.resolve() };
  const stack = await startStack({
    purpose: 'test',
    repositoryRoot: fileURLToPath(new URL('../..', import.meta.url)),
    environment: process.env,
    ...(signal === undefined ? {} : { signal }),
    onProgress: onceEach((message) => {
      process.stderr.write(`stack: ${message}\n`);
    }),
  });
  for (const { server, how, why } of stack.chosen) process.stderr.write(`stack: ${server} is ${how}, ${why}\n`);
  return { environment: environmentOf(stack), stop: () => stack.stop() };
}

function environmentOf({ urls }: RunningStack): TestStackEnvironment {
  return {
    CONSILIUM_TEST_DATABASE_URL: urls.databaseUrl,
    CONSILIUM_TEST_KAFKA_BROKERS: urls.kafkaBrokers,
    CONSILIUM_TEST_REDIS_URL: urls.redisUrl,
  };
}

function givenByRunner(): TestStackEnvironment | undefined {
  const { CONSILIUM_TEST_DATABASE_URL, CONSILIUM_TEST_KAFKA_BROKERS, CONSILIUM_TEST_REDIS_URL } = process.env;
  if (CONSILIUM_TEST_DATABASE_URL === undefined || CONSILIUM_TEST_KAFKA_BROKERS === undefined) return undefined;
  if (CONSILIUM_TEST_REDIS_URL === undefined) return undefined;
  return { CONSILIUM_TEST_DATABASE_URL, CONSILIUM_TEST_KAFKA_BROKERS, CONSILIUM_TEST_REDIS_URL };
}

/** Downloads report the same message many times; a log needs it once. */
function onceEach(print: (message: string) => void): (progress: { readonly message: string }) => void {
  const printed = new Set<string>();
  return ({ message }) => {
    if (printed.has(message)) return;
    printed.add(message);
    print(message);
  };
}
