import { startTestStack } from './test-stack.ts';
import type { TestStack } from './test-stack.ts';

let stack: TestStack | undefined;

/** Jest's globalSetup of the projects that need servers: runs once for both, and not at all for unit tests. */
export default async function startForJest(): Promise<void> {
  stack = await startTestStack();
  Object.assign(process.env, stack.environment);
}

/** For Jest's globalTeardown, which is a file of its own in the same process. */
export async function stopForJest(): Promise<void> {
  await stack?.stop();
}
