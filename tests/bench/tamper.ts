import { sitExam } from '../tampering/sit-exam.ts';
import type { Figure } from './figure.ts';

const seed = Number(process.env['CONSILIUM_BENCH_SEED'] ?? 20_261_128);
const [files, journals, views] = [4_000, 4_000, 2_000];

/** The whole exam: how many of 10,000 tamperings the verifier has found and named. Written before and apart from it. */
export async function benchTamper(serverUrl: string, say: (text: string) => void): Promise<readonly Figure[]> {
  const result = await sitExam({
    serverUrl,
    seed,
    files,
    journals,
    views,
    onProgress: (done) => {
      if (done % 500 === 0) say(`  ${String(done)} of ${String(files + journals + views)}`);
    },
  });
  for (const missed of result.missed) say(`  missed: ${missed}`);
  for (const alarm of result.falseAlarms) say(`  false alarm: ${alarm}`);
  return [
    {
      name: 'tamperings of a history of 500 events that were found and named',
      value: result.tamperings - result.missed.length - result.falseAlarms.length,
      unit: '',
      target: { relation: 'atLeast', value: files + journals + views },
      note: `${String(result.kinds)} kinds in file, journal, log and views; seed ${String(seed)}`,
    },
  ];
}
