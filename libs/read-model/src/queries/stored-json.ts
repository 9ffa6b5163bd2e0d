import type {
  AdjudicatedDisagreement,
  AlertFigures,
  Annotation,
  AnnotationId,
  CaseImage,
  CaseSentence,
  CaseSource,
  Choice,
  ClinicalMetadata,
  Disagreement,
  GoldSource,
  Independence,
  ProtectedText,
  Protocol,
  RecordedConsensus,
  ReviewOutcome,
  ScoredItem,
  ScoredRegions,
  TimeOnTask,
} from '@consilium/domain';
import { decodeEvent } from '@consilium/contracts';
import { readBytes, UnexpectedRow } from '@consilium/postgres';
import type { Row } from '@consilium/postgres';

/*
 * Parts of events as the projections stored them. Each was held against the schema of its event before it came here, so
 * they are taken by their name and not checked again.
 */
interface StoredPayloads {
  readonly caseImported: {
    readonly externalKey: ProtectedText;
    readonly images: readonly CaseImage[];
    readonly sentences: readonly CaseSentence[];
    /** From version 2 on. */
    readonly source?: CaseSource;
    readonly clinical?: ClinicalMetadata;
  };
  /** Of the three events that leave an annotation; `origin` is in annotationAmended only, `reader` in externalReadRecorded. */
  readonly annotationSubmitted: {
    readonly annotation: Annotation;
    readonly origin?: object;
    readonly reader?: ProtectedText;
    /** From version 2 of the second on. */
    readonly independence?: Independence;
    readonly timeOnTask?: TimeOnTask;
  };
  /** Of both events that give a truth. */
  readonly goldSet: {
    readonly annotationId: AnnotationId;
    readonly source: GoldSource;
    readonly annotation: Annotation;
    readonly note?: ProtectedText;
  };
  /** Of both events that leave an answer; the version of the truth is in the first only. */
  readonly goldAnswered: {
    readonly annotation: Annotation;
    readonly truthVersion?: number;
    readonly timeOnTask?: TimeOnTask;
  };
  readonly lateAnnotationKept: { readonly annotation: Annotation };
  /** One that was stored before disagreements were told apart has none. */
  readonly consensus: { readonly consensus: RecordedConsensus; readonly disagreements?: readonly Disagreement[] };
  readonly adjudicationDecided: { readonly decisions: readonly AdjudicatedDisagreement[] };
  /** Of the events that change sentences, without their type. */
  readonly sentenceChange: object;
  /** Of the events of threads, without their type. */
  readonly threadEvent: object;
  readonly reviewRecorded: {
    readonly annotationId: AnnotationId;
    readonly outcome: ReviewOutcome;
    readonly fix?: { readonly annotationId: AnnotationId; readonly annotation: Annotation };
    readonly note?: ProtectedText;
  };
  readonly adjudicationVoted: { readonly annotation: Annotation; readonly choices: readonly Choice[] };
}

/** The column `payload` of a row that this kind of event made. */
export const readPayload = <Type extends keyof StoredPayloads>(row: Row, _type: Type): StoredPayloads[Type] =>
  JSON.parse(Buffer.from(readBytes(row, 'payload')).toString('utf8')) as StoredPayloads[Type];

interface StoredJson {
  readonly protocol: Protocol;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly score: StoredScore;
  readonly figures: AlertFigures;
}

/** What an answer was worth, as the table `answer_score` holds it. */
interface StoredScore {
  readonly activeMs: number | null;
  readonly samplingProbability: number | null;
  readonly items: readonly ScoredItem[];
  readonly regions: ScoredRegions;
}

/** A column of type jsonb, which holds what its name says. */
function readStored<Column extends keyof StoredJson>(row: Row, column: Column): StoredJson[Column] {
  const value = row[column];
  if (typeof value !== 'object' || value === null) throw new UnexpectedRow(column, 'JSON', value);
  return value as StoredJson[Column];
}

/**
 * The protocol in a row. Views that were built when the event had version 1 keep that body until the projector has built them
 * anew, and are read meanwhile.
 */
export function readProtocol(row: Row): Protocol {
  const protocol = readStored(row, 'protocol');
  if ('readsMaximum' in protocol) return protocol;
  const payloadBytes = Buffer.from(JSON.stringify({ protocolVersion: 1, protocol }));
  const event = decodeEvent({ type: 'protocolAdopted', schemaVersion: 1, payloadBytes });
  if (event.type !== 'protocolAdopted') throw new UnexpectedRow('protocol', 'a protocol', event.type);
  return event.protocol;
}

export const readFigures = (row: Row): AlertFigures => readStored(row, 'figures');

export const readScore = (row: Row): StoredScore => readStored(row, 'score');

export const readOptionalStored = <Column extends keyof StoredJson>(
  row: Row,
  column: Column,
): StoredJson[Column] | undefined => (row[column] === null ? undefined : readStored(row, column));
