import { describe, expect, it } from '@jest/globals';
import {
  annotationId,
  annotatorId,
  claimId,
  imageId,
  instant,
  nothingThere,
  readId,
  regionId,
  sampleCase,
  sampleDraft,
  sampleFinding,
  sampleProtocol,
  sampleRegion,
  scenario,
  sentenceId,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { ExternalRead } from './external-read.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol();
const content = sampleCase();
const external = (n: number, draft = sampleDraft(sampleRegion(n))): ExternalRead => ({
  reader: plainText(String(n)),
  readId: readId(n),
  annotatorId: annotatorId(n),
  claimId: claimId(n),
  annotationId: annotationId(n),
  draft,
});
const importCase = (...reads: readonly ExternalRead[]): CaseCommand => ({
  type: 'importCase',
  content,
  reads,
  protocol,
});
const eventsOf = (command: CaseCommand, ...before: readonly CaseEvent[]): readonly CaseEvent[] => {
  const decision = given(...before).when(command);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.events;
};
const typesOf = (events: readonly CaseEvent[]) => events.map(({ type }) => type);

describe('reads that come in with their case', () => {
  it('are recorded behind it, with the pixels of their boxes', () => {
    const events = eventsOf(importCase(external(1)));
    expect(typesOf(events)).toEqual(['caseImported', 'externalReadRecorded']);
    expect(events[1]).toMatchObject({
      reader: plainText('1'),
      annotatorId: annotatorId(1),
      annotation: { regions: [{ pixels: { x1: 0, y1: 0, x2: 10, y2: 10 } }] },
    });
  });

  it('complete the reads where they are as many as are wanted, or more', () => {
    expect(typesOf(eventsOf(importCase(external(1), external(2))))).toEqual([
      'caseImported',
      'externalReadRecorded',
      'externalReadRecorded',
      'readsCompleted',
    ]);
    const three = eventsOf(importCase(external(1), external(2), external(3)));
    expect(three.at(-1)).toEqual({ type: 'readsCompleted', readIds: [readId(1), readId(2), readId(3)] });
  });

  it('take a place as any read does, under which nobody can claim or submit', () => {
    const before = eventsOf(importCase(external(1)));
    const claim = (n: number): CaseCommand => ({
      type: 'claimRead',
      readId: readId(n),
      annotatorId: annotatorId(n),
      claimId: claimId(100 + n),
      at: instant(0),
      leases: [],
      protocol,
    });
    expect(given(...before).when(claim(1))).toMatchObject({ refusal: { code: 'ALREADY_SUBMITTED' } });
    const claimed = eventsOf(claim(2), ...before);
    expect(typesOf(claimed)).toEqual(['readClaimed']);
    const leases = [{ annotatorId: annotatorId(2), claimId: claimId(102), endsAt: instant(1_000) }];
    expect(given(...before, ...claimed).when({ ...claim(3), leases } as CaseCommand)).toMatchObject({
      refusal: { code: 'CASE_NOT_AVAILABLE' },
    });
  });

  it('come again without a change, and not at all where the case is another', () => {
    const before = eventsOf(importCase(external(1)));
    expect(eventsOf(importCase(external(1)), ...before)).toEqual([]);
    const other = { ...importCase(external(1)), content: { ...content, contentHash: 'b'.repeat(64) } } as CaseCommand;
    expect(given(...before).when(other)).toMatchObject({ refusal: { code: 'CASE_DIFFERS' } });
  });

  it('can be withdrawn, and brought back', () => {
    const before = eventsOf(importCase(external(1), external(2)));
    const withdrawn = eventsOf(
      { type: 'withdrawAnnotation', annotatorId: annotatorId(1), revision: 1, protocol },
      ...before,
    );
    expect(typesOf(withdrawn)).toEqual(['readsReopened', 'annotationWithdrawn']);
    const restored = eventsOf(
      {
        type: 'restoreAnnotation',
        readId: readId(1),
        annotatorId: annotatorId(1),
        claimId: claimId(1),
        annotationId: annotationId(1),
        revision: 1,
        annotation: { ...nothingThere, regions: [] },
        independence: 'notRecorded',
        protocol,
        at: instant(0),
        leases: [],
      },
      ...before,
      ...withdrawn,
    );
    expect(typesOf(restored)).toEqual(['annotationAmended', 'readsCompleted']);
  });

  it('are held against the case and the protocol, each problem at its place', () => {
    const sentence = { sentenceId: sentenceId(9), version: 1 };
    const wrong = {
      ...sampleDraft(),
      findings: [sampleFinding(1, { sentence, labels: ['unheard of'] })],
    };
    expect(given().when(importCase(external(1), external(2, wrong)))).toMatchObject({
      refusal: {
        code: 'INVALID_CASE',
        problems: [
          { path: 'externalReads[1].findings[0].sentence', code: 'UNKNOWN_SENTENCE' },
          { path: 'externalReads[1].findings[0].labels[0]', code: 'UNKNOWN_TERM' },
        ],
      },
    });
    const twice = { ...external(2), annotatorId: annotatorId(1), reader: plainText(' ') };
    expect(given().when(importCase(external(1), twice))).toMatchObject({
      refusal: {
        problems: [
          { path: 'externalReads[1].reader', code: 'MISSING' },
          { path: 'externalReads[1].reader', code: 'REPEATED' },
        ],
      },
    });
    const many = Array.from({ length: 26 }, (_, n) => external(n));
    expect(given().when(importCase(...many))).toMatchObject({
      refusal: { problems: [{ path: 'externalReads', code: 'TOO_MANY' }] },
    });
  });

  it('give fractions of an image whose size nobody knows', () => {
    const image = { imageId: imageId(1), rows: 10_000, columns: 10_000, isSizeNominal: true as const };
    const command = (system: 'pixel' | 'normalised'): CaseCommand => ({
      type: 'importCase',
      content: { ...content, images: [image] },
      protocol,
      reads: [external(1, sampleDraft(sampleRegion(1, { system, x1: '5e-05', y1: '0.1', x2: '1', y2: '0.25' })))],
    });
    expect(eventsOf(command('normalised'))[1]).toMatchObject({
      annotation: {
        regions: [
          {
            regionId: regionId(1),
            received: { x1: '5e-05' },
            pixels: { x1: 0.5, y1: 1_000, x2: 10_000, y2: 2_500 },
          },
        ],
      },
    });
    expect(given().when(command('pixel'))).toMatchObject({
      refusal: { problems: [{ path: 'externalReads[0].regions[0]', code: 'SIZE_UNKNOWN' }] },
    });
  });
});
