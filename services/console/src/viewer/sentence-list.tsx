import type { ReactNode } from 'react';
import type { BilingualText, CaseSentence, Consensus, Polarity } from '../cases/case-query.ts';
import type { Highlight, Mark, Reader } from './marks.ts';
import { polarityWords } from './readings-table.tsx';
import { readerColour } from './reader-colour.ts';
import './sentence-list.css';

interface SentenceListProps {
  readonly sentences: readonly CaseSentence[];
  readonly readers: readonly Reader[];
  readonly consensus: Consensus | null;
  readonly marks: readonly Mark[];
  readonly onHighlight: (highlight: Highlight | undefined) => void;
  /** Shows the image with this mark. */
  readonly onShow: (mark: Mark) => void;
}

const originWords = {
  REPORT: 'from the report',
  MACHINE: 'written by a machine',
  PERSON: 'written by a person',
} as const;

/** The report in both languages, what each reader answered, and links to the regions that show it. */
export function SentenceList({
  sentences,
  readers,
  consensus,
  marks,
  onHighlight,
  onShow,
}: SentenceListProps): ReactNode {
  return (
    <ol className="sentences">
      {sentences.map((sentence) => (
        <li
          key={sentence.id}
          className="sentence"
          onPointerEnter={() => onHighlight({ kind: 'sentence', sentenceId: sentence.id })}
          onPointerLeave={() => onHighlight(undefined)}
        >
          <SentenceText text={sentence.text} />
          <p className="sentence__facts muted">
            {originWords[sentence.origin]} · version {sentence.version} ·{' '}
            <Outcome sentence={sentence} consensus={consensus} />
          </p>
          <div className="sentence__answers">
            {readers.flatMap(({ number, annotation }) =>
              annotation.findings
                .filter(({ sentenceId }) => sentenceId === sentence.id)
                .map(({ id, polarity }) => <AnswerChip key={id} reader={number} polarity={polarity} />),
            )}
          </div>
          <RegionLinks
            marks={marks.filter(({ sentenceIds }) => sentenceIds.includes(sentence.id))}
            onHighlight={onHighlight}
            onShow={onShow}
          />
        </li>
      ))}
    </ol>
  );
}

function SentenceText({ text }: { readonly text: BilingualText }): ReactNode {
  if (text.erased) return <p className="muted">This text was erased together with its subject’s key.</p>;
  return (
    <div className="sentence__text">
      <Language code="es" name="Spanish" text={text.es} />
      <Language code="en" name="English" text={text.en} />
    </div>
  );
}

interface LanguageProps {
  readonly code: string;
  readonly name: string;
  readonly text: string | null;
}

function Language({ code, name, text }: LanguageProps): ReactNode {
  return (
    <p className="sentence__language">
      <abbr className="sentence__code" title={name}>
        {code}
      </abbr>
      {text === null ? <span className="muted">not given</span> : <span lang={code}>{text}</span>}
    </p>
  );
}

function Outcome({
  sentence,
  consensus,
}: {
  readonly sentence: CaseSentence;
  readonly consensus: Consensus | null;
}): ReactNode {
  const outcome = consensus?.sentences.find(({ sentenceId }) => sentenceId === sentence.id);
  if (outcome === undefined) return 'no consensus yet';
  if (!outcome.settled || outcome.polarity === null)
    return <strong className="sentence__disputed">readers disagree</strong>;
  return <strong>settled: {polarityWords[outcome.polarity]}</strong>;
}

function AnswerChip({ reader, polarity }: { readonly reader: number; readonly polarity: Polarity }): ReactNode {
  return (
    <span className={`reader-chip ${readerColour(reader)}`}>
      Reader {reader}: {polarityWords[polarity]}
    </span>
  );
}

interface RegionLinksProps {
  readonly marks: readonly Mark[];
  readonly onHighlight: (highlight: Highlight | undefined) => void;
  readonly onShow: (mark: Mark) => void;
}

function RegionLinks({ marks, onHighlight, onShow }: RegionLinksProps): ReactNode {
  if (marks.length === 0) return <p className="sentence__facts muted">No region shows it.</p>;
  return (
    <p className="sentence__regions">
      <span className="muted">Regions:</span>
      {marks.map((mark) => (
        <button
          key={mark.key}
          className="button button--small"
          type="button"
          onPointerEnter={() => onHighlight({ kind: 'mark', key: mark.key })}
          onFocus={() => onHighlight({ kind: 'mark', key: mark.key })}
          onBlur={() => onHighlight(undefined)}
          onClick={() => onShow(mark)}
        >
          {mark.kind === 'read' ? `Reader ${mark.reader}` : 'Consensus'}
        </button>
      ))}
    </p>
  );
}
