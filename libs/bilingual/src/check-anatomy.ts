import { hitFrom, type Hit, type Reading } from './hit.ts';
import { widerConcepts, type AlignedMentions, type Mention } from './mentions.ts';

const conceptsOf = (mentions: readonly Mention[]): ReadonlySet<string> =>
  new Set(mentions.filter(({ kind }) => kind === 'anatomy').flatMap(({ concepts }) => concepts));

const wider = (concept: string): readonly string[] => widerConcepts.get(concept) ?? [];

/** What stands on one side only, and is neither a wider nor a narrower word for what stands on the other. */
const alone = (mentions: readonly Mention[], others: ReadonlySet<string>): readonly Reading[] => {
  const named = new Set([...others].flatMap(wider));
  // "Bowel" beside "small bowel" is the small one, and no wider word for the large one.
  const open = new Set([...others].filter((concept) => !named.has(concept)));
  const related = new Set([...others, ...named]);
  return mentions
    .filter(({ kind }) => kind === 'anatomy')
    .flatMap(({ start, end, concepts }) =>
      concepts
        .filter((concept) => !related.has(concept) && !wider(concept).some((one) => open.has(one)))
        .map((reading) => ({ start, end, reading })),
    );
};

/**
 * Structures and positions as sets of concepts. A hit needs one on either side without a counterpart: a structure that only
 * one language names may be implied by a word of the other, or be left out with its statement (`length`).
 */
export const checkAnatomy = ({ es, en }: AlignedMentions): Hit | undefined => {
  const lost = alone(es, conceptsOf(en));
  const added = alone(en, conceptsOf(es));
  return lost.length > 0 && added.length > 0 ? hitFrom('anatomy', lost, added) : undefined;
};
