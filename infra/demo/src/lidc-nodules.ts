import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** The file is 2.4 MB; anything far larger is not that file. */
const maxBytes = 16 * 1024 * 1024;

/** One nodule of lidc/nodules.json.gz, described in lidc/ATTRIBUTION.md. */
export interface LidcNodule {
  /** The patient's id in LIDC. */
  readonly scan: string;
  readonly series: string;
  /** Index of the nodule in its series. */
  readonly nodule: number;
  readonly anns: readonly LidcMark[];
}

export interface LidcMark {
  /** subtlety, internalStructure, calcification, sphericity, margin, lobulation, spiculation, texture, malignancy */
  readonly f: readonly [number, number, number, number, number, number, number, number, number];
  /** From a slice's z (mm, decimal text) to x1, y1, x2, y2 in pixels. */
  readonly boxes: Readonly<Record<string, readonly [number, number, number, number]>>;
}

const grade = z.int().min(1).max(6);
const mark = z.object({
  f: z.tuple([grade, grade, grade, grade, grade, grade, grade, grade, grade]),
  boxes: z.record(z.string(), z.tuple([z.int(), z.int(), z.int(), z.int()])),
});
const nodules = z.array(
  z.object({ scan: z.string(), series: z.string(), nodule: z.int(), anns: z.array(mark).min(1) }),
);

export const lidcFolder: URL = new URL('../lidc/', import.meta.url);

/** @throws where the file is missing, damaged or of another shape: it is part of the source tree. */
export function readLidcNodules(): readonly LidcNodule[] {
  const compressed = readFileSync(new URL('nodules.json.gz', lidcFolder));
  const text = gunzipSync(compressed, { maxOutputLength: maxBytes }).toString('utf8');
  return nodules.parse(JSON.parse(text));
}
