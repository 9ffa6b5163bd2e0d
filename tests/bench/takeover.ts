import type { Figure } from './figure.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';

const activeMetric = 'consilium_relay_active';
const limitMs = 30_000;

/** From kill -9 of the active relay until the standby says it is active. */
export async function benchTakeover(system: SystemUnderTest): Promise<readonly Figure[]> {
  const [first, second] = system.relays;
  const active = (await first.metric(activeMetric)) === 1 ? first : second;
  const standby = active === first ? second : first;
  const start = performance.now();
  await active.killHard();
  while ((await standby.metric(activeMetric)) !== 1) {
    if (performance.now() - start > limitMs) throw new Error('the standby did not take over');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const seconds = (performance.now() - start) / 1_000;
  await active.start();
  await active.waitUntilReady();
  return [
    {
      name: 'standby relay active after kill -9 of the active one',
      value: seconds,
      unit: 's',
      target: { relation: 'below', value: 5 },
    },
  ];
}
