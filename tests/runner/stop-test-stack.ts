import { stopForJest } from './start-test-stack.ts';

/** Jest's globalTeardown; loaded by its default export. */
export default stopForJest;
