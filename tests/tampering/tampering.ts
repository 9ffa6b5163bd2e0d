import type { Statement } from '@consilium/postgres';
import { RandomSource } from './random-source.ts';

/** A change of an exported log, by somebody who holds the file, but neither the signing key nor the anchor. */
export interface FileTampering {
  readonly kind: string;
  /** One sentence. */
  readonly what: string;
  readonly apply: (file: Buffer) => Buffer;
}

/** A change of tables, by somebody who owns them: to be run in one transaction with `session_replication_role = replica`. */
export interface SqlTampering {
  readonly kind: string;
  /** One sentence. */
  readonly what: string;
  readonly statements: readonly Statement[];
}

/** Draws one tampering of its kind; undefined where the draw would change nothing, or is not possible: another is drawn. */
export type Maker<Subject, Tampering> = (random: RandomSource, subject: Subject) => Omit<Tampering, 'kind'> | undefined;

const mostDraws = 200;

/** Number `i` depends on the seed and on `i` alone, not on how many were asked for. Kinds are drawn uniformly. */
export function* drawTamperings<Subject, Tampering extends { readonly kind: string }>(
  seed: number,
  count: number,
  subject: Subject,
  makers: Readonly<Record<string, Maker<Subject, Tampering>>>,
): Generator<Omit<Tampering, 'kind'> & { readonly kind: string }> {
  const kinds = Object.entries(makers);
  for (let number = 0; number < count; number += 1) {
    const random = new RandomSource(`${String(seed)} ${String(number)}`);
    const [kind, make] = random.pick(kinds);
    yield { ...drawOne(kind, () => make(random, subject)), kind };
  }
}

function drawOne<Drawn>(kind: string, draw: () => Drawn | undefined): Drawn {
  for (let attempt = 0; attempt < mostDraws; attempt += 1) {
    const drawn = draw();
    if (drawn !== undefined) return drawn;
  }
  throw new Error(`${kind} found nothing that it could change`);
}
