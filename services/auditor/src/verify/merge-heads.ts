import type { StoredCheckpoint } from '@consilium/event-store';
import { nextOf } from '../history/next-of.ts';
import type { Problem } from './problem.ts';

export type HeadPlace = 'journal' | 'kafka' | 'anchor' | 'file';

export interface HeadsOfPlace {
  readonly place: HeadPlace;
  readonly heads: AsyncGenerator<StoredCheckpoint>;
  /** It was looked at after the others, and heads go there first: it has every one of theirs. @default false */
  readonly hasAll?: boolean;
}

export interface MergedHead {
  readonly size: number;
  readonly notes: readonly { readonly place: HeadPlace; readonly note: string }[];
  /** Places that should have this one and have not: for they have a larger one, or all that others have. */
  readonly missingIn: readonly HeadPlace[];
}

/** Heads of several places together, the smallest size first; one of each place is held at a time. */
export async function* mergeHeads(places: readonly HeadsOfPlace[]): AsyncGenerator<MergedHead> {
  const waiting = new Map<HeadPlace, StoredCheckpoint>();
  const advance = async ({ place, heads }: HeadsOfPlace): Promise<void> => {
    const next = await nextOf(heads);
    if (next === undefined) waiting.delete(place);
    else waiting.set(place, next);
  };
  for (const place of places) await advance(place);
  while (waiting.size > 0) {
    const size = Math.min(...[...waiting.values()].map((head) => head.size));
    const here = places.filter(({ place }) => waiting.get(place)?.size === size);
    yield {
      size,
      notes: here.map(({ place }) => ({ place, note: waiting.get(place)?.note ?? '' })),
      missingIn: places
        .filter((one) => !here.includes(one) && (one.hasAll === true || (waiting.get(one.place)?.size ?? 0) > size))
        .map(({ place }) => place),
    };
    for (const place of here) await advance(place);
  }
}

export const whereOf = (place: HeadPlace): Problem['where'] => (place === 'journal' ? 'checkpoint' : place);
