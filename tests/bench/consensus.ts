import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { computeConsensus, dawidSkene, glad, mace } from '@consilium/consensus';
import type { FittedModel, Rating, Read } from '@consilium/consensus';
import { z } from 'zod';
import { randomNumbers } from '../chaos/random-numbers.ts';
import { type Figure, quantile } from './figure.ts';

const seed = 20_261_127;
const [items, annotators, reads] = [8_000, 180, 25_000];
const labels = ['absent', 'possible', 'present'];
const [readersOfCase, boxesOfReader, casesToPool] = [5, 20, 500];
const script = fileURLToPath(new URL('crowd-kit.py', import.meta.url));

const timed = z.object({ seconds: z.number(), rounds: z.number() });
const peerAnswer = z.object({
  version: z.string(),
  methods: z.object({ dawidSkene: timed, dawidSkeneToItsEnd: timed, glad: timed, mace: timed }),
});
type Timed = z.infer<typeof timed>;

/**
 * Pooling of labels beside crowd-kit, and of boxes. `CONSILIUM_BENCH_PYTHON` names a Python that has crowd-kit; without it
 * there is no peer, and only our own seconds are said.
 */
export async function benchConsensus(say: (text: string) => void): Promise<readonly Figure[]> {
  const ratings = simulatedReads();
  const own = {
    dawidSkene: timedFit(5, () =>
      dawidSkene(ratings, { tie: 'firstLabel', limits: { maxIterations: 100, tolerance: 0 } }),
    ),
    dawidSkeneToItsEnd: timedFit(5, () => dawidSkene(ratings, { tie: 'firstLabel' })),
    glad: timedFit(3, () => glad(ratings, { tie: 'firstLabel' })),
    mace: timedFit(3, () => {
      return mace(ratings, { tie: 'firstLabel', seed, restarts: 10, limits: { maxIterations: 50, tolerance: 0 } });
    }),
  };
  const peer = await crowdKit(ratings, say);
  const beside = (name: string, ours: Timed, theirs: Timed | undefined, atLeast?: number): Figure => {
    const said = `ours ${(1_000 * ours.seconds).toFixed(0)} ms, ${String(ours.rounds)} rounds`;
    if (theirs === undefined) return { name, value: ours.seconds, unit: 's', note: `${said}; crowd-kit is not here` };
    return {
      name: `${name}, beside crowd-kit ${peer?.version ?? ''}`,
      value: theirs.seconds / ours.seconds,
      unit: 'times',
      ...(atLeast !== undefined && { target: { relation: 'atLeast', value: atLeast } as const }),
      note: `${said}; theirs ${theirs.seconds.toFixed(2)} s${theirs.rounds > 0 ? `, ${String(theirs.rounds)} rounds` : ''}`,
    };
  };
  return [
    beside('Dawid-Skene of 25,000 reads, a hundred rounds', own.dawidSkene, peer?.methods.dawidSkene, 30),
    beside('the same, each to its own end', own.dawidSkeneToItsEnd, peer?.methods.dawidSkeneToItsEnd),
    beside('GLAD of the same, each to its own end', own.glad, peer?.methods.glad, 10),
    beside('MACE of the same, ten starts of fifty rounds', own.mace, peer?.methods.mace, 10),
    ...poolingOfBoxes(),
  ];
}

/** Annotators of planted skill; each item is read three times or more, by annotators in turn from a random one on. */
function simulatedReads(): readonly Rating<string>[] {
  const random = randomNumbers(seed);
  const skills = Array.from({ length: annotators }, () => 0.5 + 0.45 * random());
  const truths = Array.from({ length: items }, () => Math.floor(random() ** 2 * labels.length));
  const first = truths.map(() => Math.floor(random() * annotators));
  return Array.from({ length: reads }, (_, index) => {
    const item = index % items;
    const annotator = ((first[item] ?? 0) + Math.floor(index / items) * 7) % annotators;
    const isRight = random() < (skills[annotator] ?? 0);
    const label = isRight ? (truths[item] ?? 0) : Math.floor(random() * labels.length);
    return { itemId: `item ${String(item)}`, readerId: `annotator ${String(annotator)}`, value: labels[label] ?? '' };
  });
}

/** The median, after one that warms up. */
function timedFit(times: number, fit: () => FittedModel): Timed {
  let { iterations } = fit();
  const seconds = Array.from({ length: times }, () => {
    const start = performance.now();
    ({ iterations } = fit());
    return (performance.now() - start) / 1_000;
  });
  return { seconds: quantile(seconds, 0.5), rounds: iterations };
}

async function crowdKit(
  ratings: readonly Rating<string>[],
  say: (text: string) => void,
): Promise<z.infer<typeof peerAnswer> | undefined> {
  const python = process.env['CONSILIUM_BENCH_PYTHON'];
  if (python === undefined || python === '') {
    say(
      '  crowd-kit is not measured: CONSILIUM_BENCH_PYTHON names no Python that has it (pip install crowd-kit==1.4.2)',
    );
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'consilium-bench-'));
  try {
    const file = join(folder, 'answers.csv');
    const rows = ratings.map(({ itemId, readerId, value }) => `${itemId},${readerId},${value}`);
    await writeFile(file, `${['task,worker,label', ...rows].join('\n')}\n`);
    const { stdout } = await promisify(execFile)(python, [script, file]);
    return peerAnswer.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function poolingOfBoxes(): readonly Figure[] {
  const random = randomNumbers(seed);
  const cases = Array.from({ length: casesToPool }, () => caseOfBoxes(random));
  const pool = (all: readonly (readonly Read[])[]): readonly number[] =>
    all.map((reads) => {
      const start = performance.now();
      computeConsensus({ reads, gate: 0.5 });
      return performance.now() - start;
    });
  pool(cases);
  const millis = pool(cases);
  return [
    {
      name: 'consensus of a case with 5 readers x 20 boxes, median',
      value: quantile(millis, 0.5),
      unit: 'ms',
      target: { relation: 'below', value: 2 },
      note: `${String(casesToPool)} cases on one sentence each, after as many to warm up; 99th percentile ${quantile(millis, 0.99).toFixed(2)} ms`,
    },
  ];
}

/** Twenty findings of a sentence, anywhere on an image of 1,024 pixels so that some overlap, marked by each reader a little differently. */
function caseOfBoxes(random: () => number): readonly Read[] {
  const findings = Array.from({ length: boxesOfReader }, () => ({
    x: 940 * random(),
    y: 940 * random(),
    width: 24 + 60 * random(),
    height: 24 + 60 * random(),
  }));
  return Array.from({ length: readersOfCase }, (_, reader) => ({
    readerId: `reader ${String(reader)}`,
    sentences: [{ sentenceId: 'sentence', polarity: 'positive' as const }],
    regions: findings.map(({ x, y, width, height }, index) => {
      const moved = (): number => 6 * (random() - 0.5);
      const [x1, y1] = [x + moved(), y + moved()];
      const box = { x1, y1, x2: x1 + width + moved(), y2: y1 + height + moved() };
      return {
        regionId: String(index),
        sentenceId: 'sentence',
        imageId: 'image',
        findingLabel: 'nodule',
        box,
        attributes: [],
      };
    }),
  }));
}
