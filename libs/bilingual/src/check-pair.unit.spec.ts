import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkPair, maxSentenceUnits, SentenceTooLong } from './check-pair.ts';
import type { Hit } from './hit.ts';

const textOf = (text: string, span: Hit['es']): string | null =>
  span === null ? null : text.slice(span.start, span.end);

/** Type, code, the words of both sides and what was read, of each hit. */
const answer = (es: string, en: string): readonly unknown[] =>
  checkPair({ es, en }).map((hit) => [
    hit.type,
    hit.code,
    textOf(es, hit.es),
    textOf(en, hit.en),
    hit.readings.es,
    hit.readings.en,
  ]);

// All sentences here are written for this spec; none is of the exam.
describe('a pair that says two things', () => {
  it.each([
    [
      'Sin consolidación lobar.',
      'Lobar consolidation.',
      ['negation', 'changed', 'Sin consolidación', 'Lobar consolidation', 'absent', 'present'],
    ],
    [
      'No se descarta fractura.',
      'A fracture is excluded.',
      ['negation', 'changed', 'No se descarta fractura', 'fracture is excluded', 'open', 'absent'],
    ],
    ['Hilio dcho. denso.', 'Dense left hilum.', ['laterality', 'changed', 'dcho', 'left', 'right', 'left']],
    ['Quiste renal derecho.', 'Renal cyst.', ['laterality', 'lost', 'derecho', null, 'right', null]],
    ['Quiste de 15 mm.', 'A 15 cm cyst.', ['number', 'changed', '15 mm', '15 cm', '15 mm', '15 cm']],
    ['Nódulo de 4 mm.', 'Nodule.', ['number', 'lost', '4 mm', null, '4 mm', null]],
    [
      'Quiste de 5 mm en bazo y de 9 mm en hígado.',
      '9 mm cyst in the spleen and 5 mm in the liver.',
      ['number', 'swapped', '5 mm en bazo y de 9 mm', '9 mm cyst in the spleen and 5 mm', '5, 9', '9, 5'],
    ],
    ['Ascitis leve.', 'Massive ascites.', ['severity', 'changed', 'leve', 'Massive', 'small', 'great']],
    [
      'Ascitis leve-moderada.',
      'Mild ascites.',
      ['severity', 'changed', 'leve-moderada', 'Mild', 'small to moderate', 'small'],
    ],
    ['Quiste en páncreas.', 'Cyst in the spleen.', ['anatomy', 'changed', 'páncreas', 'spleen', 'pancreas', 'spleen']],
    ['Nódulo en LSD.', 'RLL nodule.', ['anatomy', 'changed', 'LSD', 'RLL', 'upper', 'lower']],
  ])('%s | %s', (es, en, hit) => {
    expect(answer(es, en)).toEqual([hit]);
  });

  it('marks the words of a statement left out or added', () => {
    expect(answer('Ascitis y esplenomegalia homogénea.', 'Ascites.')).toEqual([
      ['length', 'lost', 'y esplenomegalia homogénea', null, 'statement', null],
    ]);
    expect(answer('Ascitis.', 'Ascites and homogeneous splenomegaly.')).toEqual([
      ['length', 'added', null, 'and homogeneous splenomegaly', null, 'statement'],
    ]);
  });
});

describe('a pair that says one thing in two ways', () => {
  it.each([
    ['Senos libres.', 'No blunting of the costophrenic angles.'],
    ['Sin cambios.', 'Unchanged.'],
    ['El derrame no ha aumentado.', 'The effusion has not increased.'],
    ['No se puede excluir un derrame.', 'An effusion cannot, however, be excluded.'],
    ['El catéter se dejó en su sitio.', 'The catheter was left in place.'],
    ['Atelectasia del LM.', 'Right middle lobe atelectasis.'],
    ['Derrame derecho e izquierdo.', 'Bilateral effusion.'],
    ['Volumen de 1.200 ml.', 'Volume of 1.2 litres.'],
    ['Control en 15 días.', 'Follow-up in two weeks.'],
    ['Placa a las 14.30 h.', '2:30 pm film.'],
    ['Fracturas de D11 y D12.', 'T11 and T12 fractures.'],
    ['Fractura del tercio distal del radio.', 'Distal third radius fracture.'],
    ['Dilatación de asas de intestino delgado.', 'Dilated small bowel loops.'],
    ['Marcadores metálicos.', 'Metallic markers.'],
    ['Quiste de 5 mm en bazo y de 9 mm en hígado.', '9 mm liver cyst and 5 mm spleen cyst.'],
  ])('%s | %s', (es, en) => {
    expect(answer(es, en)).toEqual([]);
  });
});

describe('any pair', () => {
  const piece = fc.constantFrom(
    ...[
      'sin',
      'no',
      'ni',
      'derrame',
      'izquierdo',
      'LSD',
      '5',
      'mm',
      '3,5',
      'y',
      ',',
      '.',
      '?',
      'leve',
      'no se descarta',
      'D12',
      '-',
      'a',
    ],
    ...[
      'without',
      'effusion',
      'left',
      'RUL',
      'cannot be excluded',
      'mild',
      'and',
      'to',
      'T12',
      'nodule',
      'ñ',
      '🫁',
      '12/03/2019',
      'e\u0301',
    ],
  );
  const sentence = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' ')),
    fc.string({ unit: 'grapheme' }),
  );

  it('gets spans inside its texts, at least one a hit, each type once, and the same answer again', () => {
    fc.assert(
      fc.property(sentence, sentence, (es, en) => {
        const hits = checkPair({ es, en });
        expect(checkPair({ es, en })).toEqual(hits);
        expect(new Set(hits.map(({ type }) => type)).size).toBe(hits.length);
        for (const hit of hits) {
          expect(hit.es ?? hit.en).not.toBeNull();
          for (const [text, span] of [
            [es, hit.es],
            [en, hit.en],
          ] as const) {
            if (span === null) continue;
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeGreaterThan(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is refused over the limit, and checked at it', () => {
    const longest = 'a '.repeat(maxSentenceUnits / 2);
    expect(() => checkPair({ es: 'a', en: `${longest}a` })).toThrow(new SentenceTooLong('en', maxSentenceUnits + 1));
    expect(() => checkPair({ es: `${longest}a`, en: 'a' })).toThrow(SentenceTooLong);
    expect(checkPair({ es: longest, en: longest })).toEqual([]);
  });

  it('has nothing to compare if a language is missing', () => {
    expect(checkPair({ es: '', en: 'No effusion.' })).toEqual([]);
  });

  it('reads decomposed accents as composed ones and points into the text as it is', () => {
    const es = 'Tórax y Hígado: quiste en páncreas.'.normalize('NFD');
    const [hit] = checkPair({ es, en: 'Thorax and liver: cyst in the spleen.' });
    expect(textOf(es, hit?.es ?? null)?.normalize('NFC')).toBe('páncreas');
  });
});
