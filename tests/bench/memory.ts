import type { Figure } from './figure.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';

const settleMs = 5_000;
const mebibyte = 1_048_576;

/** Resident memory of each service shortly after its start, with nothing to do. */
export async function benchMemory(system: SystemUnderTest): Promise<readonly Figure[]> {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return [system.api, system.relays[0], system.projector, system.quality].map((service) => ({
    name: `memory of ${service.name} at rest`,
    value: service.residentBytes() / mebibyte,
    unit: 'MiB',
    target: { relation: 'below', value: 200_000_000 / mebibyte },
    note: 'resident, of the process',
  }));
}
