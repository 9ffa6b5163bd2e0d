import { readFile } from 'node:fs/promises';
import { failpointConsent, failpointConsentVariable, failpoints, failpointVariable } from '@consilium/runtime';
import type { Failpoint } from '@consilium/runtime';
import type { ServiceProcess } from '../harness/service-process.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import { waitUntil } from '../harness/wait-until.ts';

/** Commands that the API serves before it meets its failpoint, so that there is work under way when it dies. */
const apiPassages = 10;

/** One death at a failpoint, as seen from outside. */
export interface FailpointKill {
  readonly failpoint: Failpoint;
  readonly service: string;
  readonly signal: string | null;
  /** Whether its last words name the failpoint. */
  readonly said: boolean;
}

/**
 * Has a process die at every failpoint there is, each service going through those it passes, all services at the same time
 * and under whatever load there is. The relays take turns: each is armed while it stands by, and dies in its term.
 */
export async function killAtEveryFailpoint(system: SystemUnderTest): Promise<readonly FailpointKill[]> {
  const of = (...steps: readonly string[]): readonly Failpoint[] =>
    failpoints.filter((name) => steps.includes(name.slice(0, name.indexOf('.'))));
  const kills = await Promise.all([
    oneAfterTheOther(system.api, of('command', 'append'), apiPassages),
    byTurns(system.relays, of('sequence', 'publish', 'seal')),
    oneAfterTheOther(system.projector, of('project')),
    oneAfterTheOther(system.quality, of('job')),
  ]);
  return kills.flat();
}

async function oneAfterTheOther(
  service: ServiceProcess,
  names: readonly Failpoint[],
  passages = 1,
): Promise<readonly FailpointKill[]> {
  const kills: FailpointKill[] = [];
  await service.stop();
  for (const failpoint of names) {
    await startArmed(service, failpoint, passages);
    kills.push(await death(service, failpoint));
  }
  await service.start();
  return kills;
}

async function byTurns(
  [first, second]: SystemUnderTest['relays'],
  names: readonly Failpoint[],
): Promise<readonly FailpointKill[]> {
  const kills: FailpointKill[] = [];
  await second.stop();
  let [standby, active] = [second, first];
  let met: Failpoint | undefined;
  for (const failpoint of names) {
    await startArmed(standby, failpoint, 1);
    // The first has to make way; those after it die in their own term, and the standby finds the lease run out.
    if (met === undefined) await active.stop();
    else kills.push(await death(active, met));
    met = failpoint;
    [standby, active] = [active, standby];
  }
  if (met !== undefined) kills.push(await death(active, met));
  await Promise.all([first.start(), second.start()]);
  return kills;
}

/** A process that dies as soon as it listens has started all the same. */
const startArmed = (service: ServiceProcess, failpoint: Failpoint, passages: number): Promise<void> =>
  service
    .start({
      [failpointVariable]: `${failpoint}:${String(passages)}`,
      [failpointConsentVariable]: failpointConsent,
    })
    .catch(() => undefined);

async function death(service: ServiceProcess, failpoint: Failpoint): Promise<FailpointKill> {
  const { signal } = await waitUntil(`${service.name} to die at ${failpoint}`, () => service.ending);
  const words = `failpoint ${failpoint}: this process kills itself`;
  // What a dead process said may still be on its way through the pipe.
  const said = await waitUntil('its last words', async () =>
    (await readFile(service.logFile, 'utf8')).includes(words) ? true : undefined,
  ).catch(() => false);
  return { failpoint, service: service.name, signal, said };
}
