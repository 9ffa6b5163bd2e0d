import type { CaseInput, ProjectProtocolData, ProtocolInput } from '@consilium/client';
import type { RowProblem } from './import-row.ts';

type Protocol = NonNullable<NonNullable<ProjectProtocolData['project']>['protocol']>;

/** The terms that findings may use. */
export interface Vocabulary {
  readonly labels: ReadonlySet<string>;
  readonly locations: ReadonlySet<string>;
  readonly progressionTerms: ReadonlySet<string>;
}

export const vocabularyOf = ({ labels, locations, progressionTerms }: Protocol): Vocabulary => ({
  labels: new Set(labels.map(({ term }) => term)),
  locations: new Set(locations.map(({ term }) => term)),
  progressionTerms: new Set(progressionTerms),
});

type TermKind = keyof Vocabulary;

const words: Readonly<Record<TermKind, string>> = {
  labels: 'label',
  locations: 'location',
  progressionTerms: 'progression term',
};

interface UsedTerm {
  readonly kind: TermKind;
  readonly term: string;
  readonly path: string;
}

function usedTerms({ externalReads }: CaseInput): readonly UsedTerm[] {
  return (externalReads ?? []).flatMap(({ findings }, readIndex) =>
    findings.flatMap(({ labels, locations, progression }, index): readonly UsedTerm[] => {
      const at = `externalReads[${String(readIndex)}].findings[${String(index)}]`;
      return [
        ...labels.map((term, place) => ({ kind: 'labels' as const, term, path: `${at}.labels[${String(place)}]` })),
        ...locations.map((term, place) => ({
          kind: 'locations' as const,
          term,
          path: `${at}.locations[${String(place)}]`,
        })),
        ...(progression === undefined || progression === null
          ? []
          : [{ kind: 'progressionTerms' as const, term: progression, path: `${at}.progression` }]),
      ];
    }),
  );
}

/** Terms that the protocol does not have, each named once in a row. */
export function unknownTerms(row: CaseInput, vocabulary: Vocabulary): readonly RowProblem[] {
  const named = new Set<string>();
  return usedTerms(row).flatMap(({ kind, term, path }) => {
    if (vocabulary[kind].has(term) || named.has(`${kind} ${term}`)) return [];
    named.add(`${kind} ${term}`);
    const message = `the protocol has no ${words[kind]} ${JSON.stringify(term)}`;
    return [{ path, code: 'UNKNOWN_TERM', message }];
  });
}

/** Gathers the terms of a file that a protocol lacks, in the order in which they come. */
export class TermsToAdopt {
  readonly #known: Vocabulary;
  readonly #found = { labels: new Set<string>(), locations: new Set<string>(), progressionTerms: new Set<string>() };

  constructor(known: Vocabulary) {
    this.#known = known;
  }

  add(row: CaseInput): void {
    for (const { kind, term } of usedTerms(row)) if (!this.#known[kind].has(term)) this.#found[kind].add(term);
  }

  get count(): number {
    return this.#found.labels.size + this.#found.locations.size + this.#found.progressionTerms.size;
  }

  /** What the project knows once these are adopted. */
  get adopted(): Vocabulary {
    const withFound = (kind: TermKind): ReadonlySet<string> => new Set([...this.#known[kind], ...this.#found[kind]]);
    return {
      labels: withFound('labels'),
      locations: withFound('locations'),
      progressionTerms: withFound('progressionTerms'),
    };
  }

  /** The protocol with what was found behind what it has. Sides that a term names in full are said to be sides. */
  extend(protocol: Protocol): ProtocolInput {
    return {
      ...protocol,
      // Told to whoever may adopt a protocol.
      goldShare: protocol.goldShare ?? 0,
      pausesOnDrift: protocol.pausesOnDrift ?? false,
      labels: [...protocol.labels, ...[...this.#found.labels].map((term) => ({ term }))],
      locations: [
        ...protocol.locations,
        ...[...this.#found.locations].map((term) => ({ term, laterality: sides[term] ?? null })),
      ],
      progressionTerms: [...protocol.progressionTerms, ...this.#found.progressionTerms],
    };
  }
}

const sides: Readonly<Record<string, 'LEFT' | 'RIGHT' | 'BILATERAL' | 'MIDLINE'>> = {
  left: 'LEFT',
  right: 'RIGHT',
  bilateral: 'BILATERAL',
  midline: 'MIDLINE',
};
