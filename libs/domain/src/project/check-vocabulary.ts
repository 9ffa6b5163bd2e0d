import type { Problem } from '../problem.ts';
import { checkGate } from './check-gate.ts';
import { checkTerms, termProblems } from './check-terms.ts';
import { type Protocol, protocolLimits } from './protocol.ts';
import type { LabelDefinition, TermCode } from './vocabulary.ts';

type Vocabulary = Pick<
  Protocol,
  'labels' | 'locations' | 'progressionTerms' | 'imageQualityFlags' | 'reportQualityFlags'
>;

/** What is wrong with the terms that annotations are made of. */
export function checkVocabulary(vocabulary: Vocabulary): readonly Problem[] {
  const { labels, locations } = vocabulary;
  return [
    ...checkTerms(
      'labels',
      labels.map(({ term }) => term),
    ),
    ...labels.slice(0, protocolLimits.terms).flatMap((label, index) => labelProblems(label, index, labels)),
    ...checkTerms(
      'locations',
      locations.map(({ term }) => term),
    ),
    ...locations
      .slice(0, protocolLimits.terms)
      .flatMap(({ codes }, index) => codeProblems(`locations[${String(index)}].codes`, codes)),
    ...checkTerms('progressionTerms', vocabulary.progressionTerms),
    ...checkTerms('imageQualityFlags', vocabulary.imageQualityFlags),
    ...checkTerms('reportQualityFlags', vocabulary.reportQualityFlags),
  ];
}

function labelProblems(label: LabelDefinition, index: number, labels: readonly LabelDefinition[]): readonly Problem[] {
  const path = `labels[${String(index)}]`;
  return [
    ...(label.group === undefined ? [] : termProblems(`${path}.group`, label.group)),
    ...parentProblems(`${path}.parent`, label, labels),
    ...codeProblems(`${path}.codes`, label.codes),
    ...(label.matchingGate === undefined ? [] : checkGate(`${path}.matchingGate`, label.matchingGate)),
  ];
}

function parentProblems(path: string, label: LabelDefinition, labels: readonly LabelDefinition[]): readonly Problem[] {
  if (label.parent === undefined) return [];
  const parents = new Map(labels.map(({ term, parent }) => [term, parent]));
  if (!parents.has(label.parent)) return [{ path, code: 'UNKNOWN_TERM', message: 'no label of this term' }];
  const above = new Set<string>();
  for (let term: string | undefined = label.parent; term !== undefined; term = parents.get(term)) {
    if (term === label.term) return [{ path, code: 'CIRCULAR', message: 'a label cannot stand above itself' }];
    // A circle further up is told at the labels that form it.
    if (above.has(term)) return [];
    above.add(term);
  }
  return [];
}

function codeProblems(path: string, codes: readonly TermCode[] = []): readonly Problem[] {
  if (codes.length > protocolLimits.codesPerTerm) {
    return [{ path, code: 'TOO_MANY', message: `at most ${String(protocolLimits.codesPerTerm)} codes` }];
  }
  return codes.flatMap(({ system, code }, index) => [
    ...termProblems(`${path}[${String(index)}].system`, system),
    ...termProblems(`${path}[${String(index)}].code`, code),
  ]);
}
