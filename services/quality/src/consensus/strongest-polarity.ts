import type { Finding, Polarity } from '@consilium/domain';

/** What several findings on one thing say together: it is there if any says so, else uncertain if any is, else it is not. */
export function strongestPolarity(findings: readonly Finding[]): Polarity {
  const given = new Set(findings.map(({ polarity }) => polarity));
  if (given.has('positive')) return 'positive';
  return given.has('uncertain') ? 'uncertain' : 'negative';
}
