export const findingKinds = ['lost', 'duplicated', 'reordered', 'altered'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Of each kind so many are named; all are counted. */
const namedAtMost = 20;

/** What is wrong with a history: counted by kind, the first of each named. */
export class Findings {
  readonly #counts = new Map<FindingKind, number>();
  readonly #named: string[] = [];

  add(kind: FindingKind, what: string): void {
    const count = this.count(kind) + 1;
    this.#counts.set(kind, count);
    if (count <= namedAtMost) this.#named.push(`${kind}: ${what}`);
  }

  count(kind: FindingKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  get named(): readonly string[] {
    return this.#named;
  }
}
