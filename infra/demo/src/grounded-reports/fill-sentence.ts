import type { Side } from './places.ts';

export const grades = ['mild', 'moderate', 'severe'] as const;
export type Grade = (typeof grades)[number];

export const progressions = ['stable', 'improvement', 'worsening', 'new'] as const;
export type Progression = (typeof progressions)[number];

/** What a sentence says in its slots; null where it has no such slot. */
export interface SentenceSlots {
  readonly side: Side | null;
  readonly grade: Grade | null;
  readonly millimetres: number | null;
  readonly progression: Progression | null;
}

/** Spanish adjectives agree with their noun: masculine, feminine, and their plurals. */
type Agreement = 'm' | 'f' | 'mp' | 'fp';
const spanishSide: Readonly<Record<Side, Readonly<Record<Agreement, string>>>> = {
  right: { m: 'derecho', f: 'derecha', mp: 'derechos', fp: 'derechas' },
  left: { m: 'izquierdo', f: 'izquierda', mp: 'izquierdos', fp: 'izquierdas' },
  bilateral: { m: 'bilateral', f: 'bilateral', mp: 'bilaterales', fp: 'bilaterales' },
};
const spanishGrade: Readonly<Record<Grade, Readonly<Record<Agreement, string>>>> = {
  mild: { m: 'leve', f: 'leve', mp: 'leves', fp: 'leves' },
  moderate: { m: 'moderado', f: 'moderada', mp: 'moderados', fp: 'moderadas' },
  severe: { m: 'severo', f: 'severa', mp: 'severos', fp: 'severas' },
};
const spanishProgression: Readonly<Record<Progression, string>> = {
  stable: ', sin cambios respecto al estudio previo',
  improvement: ', con mejoría respecto al estudio previo',
  worsening: ', con empeoramiento respecto al estudio previo',
  new: ', de nueva aparición respecto al estudio previo',
};
const englishProgression: Readonly<Record<Progression, string>> = {
  stable: ', unchanged from the previous study',
  improvement: ', improved from the previous study',
  worsening: ', worse than in the previous study',
  new: ', new since the previous study',
};

/** `{lado:f}`, `{grado:mp}` and `{mm}` become what the slots say, in the form that agrees. */
export function fillSpanish(template: string, slots: SentenceSlots): string {
  const filled = template
    .replace(/\{lado:(mp|fp|m|f)\}/, (_slot, agreement: Agreement) => spanishSide[given(slots.side)][agreement])
    .replace(/\{grado:(mp|fp|m|f)\}/, (_slot, agreement: Agreement) => spanishGrade[given(slots.grade)][agreement])
    .replace('{mm}', () => String(given(slots.millimetres)));
  return finished(filled, slots.progression === null ? '' : spanishProgression[slots.progression]);
}

/** `{side}`, `{grade}` and `{mm}` become what the slots say. */
export function fillEnglish(template: string, slots: SentenceSlots): string {
  const filled = template
    .replace('{side}', () => given(slots.side))
    .replace('{grade}', () => given(slots.grade))
    .replace('{mm}', () => String(given(slots.millimetres)));
  return finished(filled, slots.progression === null ? '' : englishProgression[slots.progression]);
}

function finished(sentence: string, ending: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1, -1)}${ending}.`;
}

function given<Value>(value: Value | null): Value {
  if (value === null) throw new TypeError('a slot of this sentence was given no value');
  return value;
}
