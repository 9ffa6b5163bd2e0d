import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ModelWorld, type PlantedFault } from './model-world.spec.ts';

/** What the model knows of the world; whatever else is so must follow from what was promised. */
interface Model {
  commands: number;
}

/** One thing that happens. After each, whatever is under way, every invariant holds. */
class Step implements fc.AsyncCommand<Model, ModelWorld> {
  readonly #name: string;
  readonly #happen: (world: ModelWorld) => void | Promise<void>;
  readonly #sends: number;

  constructor(name: string, happen: (world: ModelWorld) => void | Promise<void>, sends = 0) {
    this.#name = name;
    this.#happen = happen;
    this.#sends = sends;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: ModelWorld): Promise<void> {
    await this.#happen(world);
    model.commands += this.#sends;
    expect(await world.problems()).toEqual([]);
    expect(world.commands).toBe(model.commands);
  }

  toString(): string {
    return this.#name;
  }
}

const small = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
const slot = small(1);

const steps: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(small(2), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }), fc.nat(9)).map(
    ([first, count, events, chance]) =>
      new Step(
        `Append(${[first, count, events, chance === 0].join(', ')})`,
        (world) => {
          world.send(first, count, events, chance === 0);
        },
        1,
      ),
  ),
  small(20).map(
    (index) =>
      new Step(`Repeat(${String(index)})`, (world) => {
        world.repeat(index);
      }),
  ),
  // A term begins with some forty calls and a turn has ten: without some of them done at once, few runs would come far.
  ...[30, 60].map((most) =>
    fc.tuple(slot, small(most)).map(
      ([which, times]) =>
        new Step(`RelayTurn(${String(which)}), Tick(${String(times)})`, async (world) => {
          world.relayTurn(which);
          await world.tick(times);
        }),
    ),
  ),
  slot.map(
    (which) =>
      new Step(`CrashRelay(${String(which)})`, (world) => {
        world.crashRelay(which);
      }),
  ),
  fc.constant(
    new Step('PassTime', (world) => {
      world.passTime();
    }),
  ),
  fc.constant(
    new Step('CrashApi', (world) => {
      world.crashApi();
    }),
  ),
  small(4).map(
    (most) =>
      new Step(`Consume(${String(most)})`, (world) => {
        world.consume(most);
      }),
  ),
  fc.constant(
    new Step('Redeliver', (world) => {
      world.redeliver();
    }),
  ),
  fc.integer({ min: 1, max: 12 }).map((times) => new Step(`Tick(${String(times)})`, (world) => world.tick(times))),
  fc.integer({ min: 10, max: 60 }).map((times) => new Step(`Tick(${String(times)})`, (world) => world.tick(times))),
];

const holds = (plant?: PlantedFault): fc.IAsyncProperty<unknown> =>
  fc.asyncProperty(
    fc.scheduler(),
    fc.commands([...steps], { maxCommands: 60, size: 'max' }),
    async (scheduler, commands) => {
      const world = new ModelWorld(scheduler, plant);
      await fc.asyncModelRun(() => ({ model: { commands: 0 }, real: world }), commands);
      await world.settle();
      expect(await world.problems()).toEqual([]);
      expect(await world.unfinished()).toEqual([]);
    },
  );

describe('the journal, its relay and its readers, in any order of steps and crashes', () => {
  it('lose, double and reorder nothing, and contradict no head they have signed', async () => {
    await fc.assert(holds(), { numRuns: 60 });
  });

  it.each([
    ['answersForgotten', /is stored [2-9]/],
    ['cursorTrusted', /where \d+ should be|are shown/],
    ['repeatsApplied', /shows what a replay of the log does not/],
  ] as const)('are seen to fail when %s: the model finds a fault that was planted', async (fault, finding) => {
    // Ends with the first order that shows it; three hundred orders have once been too few.
    const outcome = await fc.check(holds(fault), { numRuns: 5_000, endOnFailure: true });
    expect(String(outcome.errorInstance)).toMatch(finding);
  });
});
