const pauseMs = 100;

/**
 * Asks until the answer is no longer undefined. An error of the probe counts as "not yet": what is asked may be down.
 * The limit only ends a test that would wait for ever; its message says what was awaited and seen last.
 */
export async function waitUntil<Answer>(
  what: string,
  probe: () => Promise<Answer | undefined> | Answer | undefined,
  limitMs = 90_000,
): Promise<Answer> {
  const deadline = Date.now() + limitMs;
  let seen = 'nothing';
  while (Date.now() < deadline) {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
      seen = 'not yet';
    } catch (error) {
      seen = error instanceof Error ? error.message : String(error);
    }
    await pauseFor(pauseMs);
  }
  throw new Error(`${what}: still not so after ${limitMs / 1_000} s (${seen})`);
}

export const pauseFor = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs));
