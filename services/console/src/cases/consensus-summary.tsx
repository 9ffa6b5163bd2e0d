import type { ReactNode } from 'react';
import { formatInstant, formatNumber, inPlainWords, plural } from '../layout/format.ts';
import { assertNever } from '../assert-never.ts';
import type { Consensus, ConsensusRegion, MedicalCase } from './case-query.ts';
import './consensus-summary.css';

interface ConsensusSummaryProps {
  readonly medicalCase: MedicalCase;
  readonly isBlinded: boolean;
}

export function ConsensusSummary({ medicalCase, isBlinded }: ConsensusSummaryProps): ReactNode {
  const { consensus } = medicalCase;
  if (isBlinded) return <p className="muted">Hidden while you are blinded.</p>;
  if (consensus === null) return <p className="muted">{whyNone(medicalCase)}</p>;
  return (
    <>
      <p className={`verdict verdict--${consensus.outcome.toLowerCase()}`}>
        <strong>{consensus.outcome === 'SETTLED' ? 'Settled' : 'Disputed'}</strong>
        <span>{inWords(consensus)}</span>
      </p>
      <dl className="facts">
        <dt>Method</dt>
        <dd>
          {inPlainWords(consensus.methodName)}, version {consensus.methodVersion}
        </dd>
        <dt>Recorded</dt>
        <dd>
          <time dateTime={consensus.recordedAt}>{formatInstant(consensus.recordedAt)}</time>
        </dd>
      </dl>
      <Parameters parameters={parametersOf(consensus)} />
    </>
  );
}

function whyNone({ status, readsSubmitted, readsWanted }: MedicalCase): string {
  switch (status) {
    case 'READING':
      return `Computed once all reads are in: ${readsSubmitted ?? 0} of ${readsWanted ?? 0} so far.`;
    case 'AWAITING_CONSENSUS':
      return 'All reads are in. It is being computed.';
    case 'SETTLED':
    case 'DISPUTED':
    case 'ADJUDICATING':
    case 'ADJUDICATED':
    case 'FINALISED':
      return 'It was recorded and will show in a moment.';
    case 'EXCLUDED':
      return 'The case was excluded: nothing is computed of it.';
    case 'WITHDRAWN':
      return 'The case was withdrawn: nothing is computed of it.';
    default:
      return assertNever(status);
  }
}

function Parameters({ parameters }: { readonly parameters: readonly (readonly [string, string])[] }): ReactNode {
  if (parameters.length === 0) return null;
  return (
    <details className="parameters">
      <summary>Parameters</summary>
      <dl className="facts">
        {parameters.map(([name, value]) => (
          <div key={name} className="facts__pair">
            <dt>{inPlainWords(name)}</dt>
            <dd className="figure">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function inWords({ regions, sentences }: Consensus): string {
  const [only] = regions;
  if (only !== undefined && regions.length === 1 && sentences.length === 0) return inWordsOfOne(only);
  const disputed = regions.filter(({ decision }) => decision === 'DISPUTED').length;
  const present = regions.filter(({ decision }) => decision === 'PRESENT').length;
  const absent = regions.filter(({ decision }) => decision === 'ABSENT').length;
  const conflicts = sentences.filter(({ settled }) => !settled).length;
  const parts = [
    ...(present > 0 ? [`${plural(present, 'region')} present`] : []),
    ...(disputed > 0 ? [`${plural(disputed, 'region')} on which readers are divided`] : []),
    ...(absent > 0 ? [`${plural(absent, 'region')} marked by too few to count`] : []),
    ...(conflicts > 0 ? [`${plural(conflicts, 'sentence')} answered differently`] : []),
  ];
  return parts.length === 0 ? 'All readers found nothing.' : `${parts.join(', ')}.`;
}

function inWordsOfOne({ decision, supporters, supportersOf }: ConsensusRegion): string {
  const marked = `marked by ${supporters} of ${supportersOf} readers`;
  switch (decision) {
    case 'PRESENT':
      return `Present: ${marked}.`;
    case 'ABSENT':
      return `Not present: ${marked}, too few to count.`;
    case 'DISPUTED':
      return `Readers are divided: ${marked}.`;
    default:
      return assertNever(decision);
  }
}

function parametersOf({ methodParameters }: Consensus): readonly (readonly [string, string])[] {
  try {
    const parsed: unknown = JSON.parse(methodParameters);
    if (typeof parsed !== 'object' || parsed === null) return [];
    return Object.entries(parsed).flatMap(([name, value]): readonly (readonly [string, string])[] =>
      typeof value === 'number' ? [[name, formatNumber(value)]] : typeof value === 'string' ? [[name, value]] : [],
    );
  } catch {
    return [];
  }
}
