/** UTF-16 code units of the sentence, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type HitType = 'negation' | 'laterality' | 'number' | 'severity' | 'anatomy' | 'length';

/** `changed`: both languages state it and differ; `lost`: only the Spanish states it; `added`: only the English does. */
export type HitCode = 'changed' | 'lost' | 'added' | 'swapped';

/** One difference between the languages. At least one side has a span and a reading; the other side may state nothing. */
export interface Hit {
  readonly type: HitType;
  readonly code: HitCode;
  readonly es: Span | null;
  readonly en: Span | null;
  /** What each language was read to say, in English terms: `absent` and `present`, `15 mm` and `150 mm`. */
  readonly readings: { readonly es: string | null; readonly en: string | null };
}

/** Of one language: where, and what was read there. */
export interface Reading extends Span {
  readonly reading: string;
}

/** The span from the first to the last of several. */
export const around = (spans: readonly Span[]): Span => ({
  start: Math.min(...spans.map((span) => span.start)),
  end: Math.max(...spans.map((span) => span.end)),
});

const sideOf = (readings: readonly Reading[]): { span: Span | null; reading: string | null } =>
  readings.length === 0
    ? { span: null, reading: null }
    : { span: around(readings), reading: readings.map(({ reading }) => reading).join(', ') };

/** A hit from what only one of the languages states; `undefined` if neither side has anything over. */
export const hitFrom = (
  type: HitType,
  es: readonly Reading[],
  en: readonly Reading[],
  swapped = false,
): Hit | undefined => {
  if (es.length === 0 && en.length === 0) return undefined;
  const [spanish, english] = [sideOf(es), sideOf(en)];
  const changed: HitCode = swapped ? 'swapped' : 'changed';
  return {
    type,
    code: spanish.span === null ? 'added' : english.span === null ? 'lost' : changed,
    es: spanish.span,
    en: english.span,
    readings: { es: spanish.reading, en: english.reading },
  };
};
