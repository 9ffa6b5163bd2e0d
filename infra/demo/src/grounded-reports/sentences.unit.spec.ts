import { describe, expect, it } from '@jest/globals';
import { fillEnglish, fillSpanish, grades, progressions } from './fill-sentence.ts';
import type { SentenceSlots } from './fill-sentence.ts';
import { negativeSentences } from './negative-sentences.ts';
import { positiveSentences } from './positive-sentences.ts';
import { syntheticVocabulary } from './synthetic-vocabulary.ts';

const slots: SentenceSlots = { side: 'left', grade: 'moderate', millimetres: 12, progression: null };

describe('the sentences of synthetic studies', () => {
  it('are many, and no two alike', () => {
    for (const language of ['es', 'en'] as const) {
      expect(new Set(positiveSentences.map((sentence) => sentence[language])).size).toBe(60);
      expect(new Set(negativeSentences.map((sentence) => sentence[language])).size).toBe(30);
    }
  });

  it('have the same slots in both languages, and no other than they can fill', () => {
    for (const { es, en, sides, millimetres } of positiveSentences) {
      const has = { side: es.includes('{lado:'), grade: es.includes('{grado:'), mm: es.includes('{mm}') };
      expect([en, en.includes('{side}'), en.includes('{grade}'), en.includes('{mm}')]).toEqual([
        en,
        has.side,
        has.grade,
        has.mm,
      ]);
      expect([en, sides.length > 0, millimetres !== null]).toEqual([en, has.side, has.mm]);
    }
  });

  it('are whole sentences once filled, whatever they say', () => {
    for (const { es, en, sides } of positiveSentences) {
      for (const side of sides.length > 0 ? sides : [null]) {
        for (const grade of grades) {
          for (const progression of [null, ...progressions]) {
            const filled = { side, grade, millimetres: 12, progression };
            expect(fillSpanish(es, filled)).toMatch(/^[A-ZÁÉÍÓÚ][a-záéíóúñ0-9, ]+\.$/);
            expect(fillEnglish(en, filled)).toMatch(/^[A-Z0-9][A-Za-z0-9, -]+\.$/);
          }
        }
      }
    }
  });

  it('agree in gender and number', () => {
    const [effusion, plaques, congestion] = ['pleural effusion', 'pleural plaques', 'hilar congestion'].map((label) =>
      positiveSentences.find((sentence) => sentence.label === label),
    );
    expect(fillSpanish(effusion?.es ?? '', slots)).toBe('Derrame pleural izquierdo moderado.');
    expect(fillSpanish(plaques?.es ?? '', { ...slots, side: 'bilateral' })).toBe(
      'Placas pleurales calcificadas bilaterales.',
    );
    expect(fillSpanish(congestion?.es ?? '', { ...slots, progression: 'stable' })).toBe(
      'Congestión hiliar izquierda moderada, sin cambios respecto al estudio previo.',
    );
    expect(fillEnglish(congestion?.en ?? '', { ...slots, progression: 'stable' })).toBe(
      'Moderate left hilar congestion, unchanged from the previous study.',
    );
  });

  it('do not go unfilled in silence', () => {
    expect(() => fillSpanish('Derrame {lado:m}.', { ...slots, side: null })).toThrow(TypeError);
  });

  it('keep to a vocabulary that a protocol can list', () => {
    expect(syntheticVocabulary.labels.length).toBeGreaterThan(50);
    expect(syntheticVocabulary.locations).toEqual(
      expect.arrayContaining(['right', 'left', 'bilateral', 'costophrenic angle', 'dorsal vertebrae']),
    );
  });
});
