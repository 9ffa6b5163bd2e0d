import type { RunningStack, ServerHandle } from '@consilium/stack';
import type { ServiceProcess } from '../harness/service-process.ts';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import { pauseFor, waitUntil } from '../harness/wait-until.ts';
import { randomNumbers } from './random-numbers.ts';

export interface KillPace {
  /** Between one kill and the next, drawn evenly. */
  readonly gapMs: readonly [number, number];
  /** How long what was killed stays away. */
  readonly awayMs: readonly [number, number];
  /** So many may be away at the same time. */
  readonly awayAtOnce: number;
}

interface Victim {
  readonly name: string;
  readonly kill: () => Promise<void>;
  readonly bringBack: () => Promise<void>;
  readonly isRunning: () => boolean;
}

/**
 * SIGKILLs at random moments to random processes, services and servers alike, several at once. The seed gives the order of
 * the victims and all times; what each was doing when it died, nobody can repeat.
 */
export class RandomKills {
  readonly #victims: readonly Victim[];
  readonly #pace: KillPace;
  readonly #random: () => number;
  readonly #away = new Map<string, Promise<void>>();
  readonly #kills = new Map<string, number>();
  readonly #deserters: string[] = [];

  constructor(system: SystemUnderTest, stack: RunningStack, seed: number, pace: KillPace) {
    const relays = system.relays.map((relay, index) => serviceVictim(`relay-${String(index + 1)}`, relay));
    const others = [system.api, system.projector, system.quality].map((service) =>
      serviceVictim(service.name, service),
    );
    this.#victims = [...relays, ...others, ...Object.values(stack.servers).map(serverVictim)];
    this.#pace = pace;
    this.#random = randomNumbers(seed);
  }

  /** By name, how often each was killed. */
  get kills(): ReadonlyMap<string, number> {
    return this.#kills;
  }

  get count(): number {
    return [...this.#kills.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Who ended though nobody had killed it: a fault of another must pass by itself. */
  get deserters(): readonly string[] {
    return this.#deserters;
  }

  /** Kills until `isOver`, and returns when all are back. `onKill` is told before each. */
  async run(isOver: () => boolean, onKill: () => Promise<void>): Promise<void> {
    while (!isOver()) {
      await pauseFor(this.#between(this.#pace.gapMs));
      this.#findDeserters();
      // Both are drawn whether or not they are of use, so that the seed alone decides what comes next.
      const [index, awayMs] = [Math.floor(this.#random() * this.#victims.length), this.#between(this.#pace.awayMs)];
      const victim = this.#victims[index];
      if (victim === undefined || this.#away.has(victim.name) || this.#away.size >= this.#pace.awayAtOnce) continue;
      await onKill();
      await victim.kill();
      this.#kills.set(victim.name, (this.#kills.get(victim.name) ?? 0) + 1);
      const back = pauseFor(awayMs)
        .then(() => this.#bringBack(victim))
        .finally(() => this.#away.delete(victim.name));
      this.#away.set(victim.name, back);
    }
    await Promise.all(this.#away.values());
    this.#findDeserters();
  }

  /** As a supervisor does: a process that finds its server away at the start may end, and is started again. */
  async #bringBack(victim: Victim): Promise<void> {
    await waitUntil(`${victim.name} to start`, async () => {
      await victim.bringBack();
      return victim.isRunning() ? true : undefined;
    });
  }

  #findDeserters(): void {
    for (const { name, isRunning } of this.#victims) {
      if (!this.#away.has(name) && !isRunning() && !this.#deserters.includes(name)) this.#deserters.push(name);
    }
  }

  #between([least, most]: readonly [number, number]): number {
    return least + this.#random() * (most - least);
  }
}

const serviceVictim = (name: string, service: ServiceProcess): Victim => ({
  name,
  kill: () => service.killHard(),
  bringBack: () => service.start(),
  isRunning: () => service.isRunning,
});

const serverVictim = (server: ServerHandle): Victim => ({
  name: server.server,
  kill: () => server.kill(),
  bringBack: () => server.start(),
  isRunning: () => server.running,
});
