import { z } from 'zod';

/** Longer than a service gives its own checks. */
const probeTimeoutMs = 5_000;
const report = z.object({
  checks: z.record(z.string(), z.object({ status: z.string(), reason: z.string().optional() })),
});

/** Undefined once the service is ready, else why not yet. */
export async function whyNotReady(port: number): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(probeTimeoutMs);
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal });
    const text = await answer.text();
    return answer.ok ? undefined : failingChecks(text);
  } catch {
    return 'it does not answer';
  }
}

function failingChecks(text: string): string {
  try {
    const failing = Object.entries(report.parse(JSON.parse(text)).checks).filter(([, { status }]) => status !== 'ok');
    return failing.map(([name, { reason = 'failing' }]) => `${name}: ${reason}`).join(', ');
  } catch {
    return 'its health cannot be read';
  }
}
