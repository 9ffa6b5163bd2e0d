import type { Statement } from '@consilium/consensus';
import type { Annotation, Finding, Protocol, ReadId } from '@consilium/domain';
import { sentenceKeyOf } from './sentence-key.ts';

/** What an annotation says, finding by finding, with the side of its places apart from them. */
export const statementsOf = (readId: ReadId, { findings }: Annotation, protocol: Protocol): readonly Statement[] =>
  findings.map((finding) => statementOf(readId, finding, protocol));

function statementOf(readId: ReadId, finding: Finding, { locations }: Protocol): Statement {
  const { sentence, polarity, labels, progression, regionIds } = finding;
  const sideOf = (term: string) => locations.find((location) => location.term === term)?.laterality;
  return {
    readerId: readId,
    sentenceId: sentence === undefined ? null : sentenceKeyOf(sentence),
    polarity,
    labels,
    locations: finding.locations.filter((term) => sideOf(term) === undefined),
    lateralities: finding.locations.flatMap((term) => sideOf(term) ?? []),
    progression: progression ?? null,
    regionIds,
  };
}

/** Somebody affirms, or does not rule out, what the protocol has adjudicated in any event. */
export function hasForcedLabel({ findings }: Annotation, { labels }: Protocol): boolean {
  const forced = new Set(labels.filter(({ adjudication }) => adjudication === 'always').map(({ term }) => term));
  return findings.some(
    ({ polarity, labels: given }) => polarity !== 'negative' && given.some((term) => forced.has(term)),
  );
}
