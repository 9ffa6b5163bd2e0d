import { describe, expect, it } from '@jest/globals';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  consensusId,
  disagreementId,
  imageId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleDraft,
  sampleProtocol,
  sampleRegion,
  scenario,
  sentenceId,
  subjectId,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Lease } from './lease.ts';
import type { Disagreement } from './disagreement.ts';
import type { RecordedConsensus } from './recorded-consensus.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol();

const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
/** Annotator n, by claim n unless said otherwise. */
const of = (n: number, claim = n) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(claim) });
const sentences = [{ sentenceId: sentenceId(1), version: 1 }];
const claimed = (n: number, claim = n, leaseEndsAt = 1_000): CaseEvent => ({
  type: 'readClaimed',
  ...of(n, claim),
  leaseEndsAt: instant(leaseEndsAt),
  sentences,
});
const annotation = { ...nothingThere, regions: [] };
const submitted = (n: number): CaseEvent => ({
  type: 'annotationSubmitted',
  ...of(n),
  annotationId: annotationId(n),
  revision: 1,
  annotation,
});
const completed: CaseEvent = { type: 'readsCompleted', readIds: [readId(1), readId(2)] };
const readByTwo = [imported, claimed(1), submitted(1), claimed(2), submitted(2), completed];

const lease = (n: number, endsAt = 1_000, claim = n): Lease => ({
  annotatorId: annotatorId(n),
  claimId: claimId(claim),
  endsAt: instant(endsAt),
});
const claim = (n: number, at: number, leases: readonly Lease[], by = n): CaseCommand => ({
  type: 'claimRead',
  ...of(n, by),
  at: instant(at),
  leases,
  protocol,
});
const submit = (
  n: number,
  at: number,
  leases: readonly Lease[],
  changes: Partial<Extract<CaseCommand, { type: 'submitAnnotation' }>> = {},
): CaseCommand => ({
  type: 'submitAnnotation',
  annotatorId: annotatorId(n),
  claimId: claimId(n),
  at: instant(at),
  leases,
  annotationId: annotationId(n),
  revision: 0,
  draft: nothingThere,
  protocol,
  ...changes,
});
const end = (type: 'releaseRead' | 'skipRead', n: number, at: number, leases: readonly Lease[]): CaseCommand => {
  const read = { annotatorId: annotatorId(n), claimId: claimId(n), at: instant(at), leases };
  return type === 'releaseRead' ? { type, ...read } : { type, ...read, reason: 'other', note: plainText('blurred') };
};
const consensus = (basedOnVersion: number): RecordedConsensus => ({
  consensusId: consensusId(1),
  basedOnVersion,
  readIds: [readId(1), readId(2)],
  method: { name: 'majority', version: '1', parameters: {} },
  regions: [],
  sentences: [],
  matching: { summedIou: 0, exact: true, gap: 0 },
});
const disagreement = (number: number, kind: Disagreement['kind']): Disagreement => ({
  disagreementId: disagreementId(number),
  kind,
  sentenceId: null,
  regionIds: [],
  options: [{ option: 'present', readIds: [readId(1)] }],
});
const record = (basedOnVersion: number, outcome: 'settled' | 'disputed' = 'settled'): CaseCommand => ({
  type: 'recordConsensus',
  consensus: consensus(basedOnVersion),
  disagreements: outcome === 'settled' ? [] : [disagreement(1, 'presence')],
  hasForcedLabel: false,
  isSampled: false,
  readersLeft: 1,
  adjudicationId: adjudicationId(1),
  protocol: sampleProtocol(),
});
const refusal = (code: string, more: object = {}) => ({ ok: false, refusal: { code, ...more } });
const accepted = (...events: readonly CaseEvent[]) => ({ ok: true, events });

describe('a case that nobody imported', () => {
  it('comes in with its content', () => {
    expect(given().when({ type: 'importCase', content: sampleCase(), protocol })).toEqual(accepted(imported));
  });

  it('refuses every other command as unknown', () => {
    for (const command of [claim(1, 0, []), submit(1, 0, []), end('releaseRead', 1, 0, []), record(1)]) {
      expect(given().when(command)).toEqual(refusal('CASE_UNKNOWN'));
    }
  });

  it('is refused with everything wrong with it', () => {
    const images = [{ imageId: imageId(1), rows: 0, columns: 200 }];
    const content = sampleCase({ position: -1, priority: 1.5, externalKey: plainText(' '), images });
    expect(given().when({ type: 'importCase', content, protocol })).toMatchObject(
      refusal('INVALID_CASE', {
        problems: [
          { path: 'position', code: 'OUT_OF_RANGE' },
          { path: 'priority', code: 'OUT_OF_RANGE' },
          { path: 'externalKey', code: 'MISSING' },
          { path: 'images[0].rows', code: 'OUT_OF_RANGE' },
        ],
      }),
    );
  });
});

describe('a case imported again', () => {
  it('changes nothing when its content is the same', () => {
    expect(given(imported).when({ type: 'importCase', content: sampleCase(), protocol })).toEqual(accepted());
  });

  it('is refused when its content differs', () => {
    const content = sampleCase({ contentHash: 'b'.repeat(64) });
    expect(given(imported).when({ type: 'importCase', content, protocol })).toEqual(refusal('CASE_DIFFERS'));
  });
});

describe('claiming a read', () => {
  it('grants a lease from now for the protocol’s time, and pins the sentence versions', () => {
    expect(given(imported).when(claim(1, 500, []))).toEqual(
      accepted({ type: 'readClaimed', ...of(1), leaseEndsAt: instant(1_500), sentences }),
    );
  });

  it('takes as many annotators as the protocol wants, and no more', () => {
    expect(given(imported, claimed(1)).when(claim(2, 0, [lease(1)]))).toMatchObject({ ok: true });
    expect(given(imported, claimed(1), claimed(2)).when(claim(3, 0, [lease(1), lease(2)]))).toEqual(
      refusal('CASE_NOT_AVAILABLE'),
    );
  });

  it('counts a submitted read as taken', () => {
    const history = [imported, claimed(1), submitted(1), claimed(2)];
    expect(given(...history).when(claim(3, 0, [lease(2)]))).toEqual(refusal('CASE_NOT_AVAILABLE'));
  });

  it('is no change when the holder repeats it', () => {
    expect(given(imported, claimed(1)).when(claim(1, 999, [lease(1)]))).toEqual(accepted());
  });

  it('gives the place to another at the very instant the lease ends, and tells the expiry', () => {
    const history = [imported, claimed(1), claimed(2)];
    const leases = [lease(1, 1_000), lease(2, 2_000)];
    expect(given(...history).when(claim(3, 999, leases))).toEqual(refusal('CASE_NOT_AVAILABLE'));
    expect(given(...history).when(claim(3, 1_000, leases))).toMatchObject(
      accepted({ type: 'readExpired', ...of(1) }, claimed(3, 3, 2_000)),
    );
  });

  it('follows the store’s lease, which renewals moved, and not the event', () => {
    const history = [imported, claimed(1), claimed(2)];
    expect(given(...history).when(claim(3, 1_500, [lease(1, 5_000), lease(2, 5_000)]))).toEqual(
      refusal('CASE_NOT_AVAILABLE'),
    );
  });

  it('by its holder under another claim lets the first one go', () => {
    expect(given(imported, claimed(1)).when(claim(1, 500, [lease(1)], 9))).toEqual(
      accepted(
        { type: 'readReleased', ...of(1) },
        { type: 'readClaimed', ...of(1, 9), leaseEndsAt: instant(1_500), sentences },
      ),
    );
  });

  it('by its holder after the lease ran out tells the expiry once', () => {
    expect(given(imported, claimed(1)).when(claim(1, 1_000, [lease(1)], 9))).toEqual(
      accepted(
        { type: 'readExpired', ...of(1) },
        { type: 'readClaimed', ...of(1, 9), leaseEndsAt: instant(2_000), sentences },
      ),
    );
  });

  it('is refused to those who submitted or skipped', () => {
    expect(given(imported, claimed(1), submitted(1)).when(claim(1, 0, []))).toEqual(
      refusal('ALREADY_SUBMITTED', { revision: 1 }),
    );
    const skipped: CaseEvent = { type: 'readSkipped', ...of(1), reason: 'other' };
    expect(given(imported, claimed(1), skipped).when(claim(1, 0, []))).toEqual(refusal('ALREADY_SKIPPED'));
  });

  it('is refused once the reads are complete', () => {
    expect(given(...readByTwo).when(claim(3, 0, []))).toEqual(refusal('CASE_NOT_AVAILABLE'));
  });
});

describe('releasing and skipping', () => {
  it('needs the live lease of this claim', () => {
    for (const type of ['releaseRead', 'skipRead'] as const) {
      expect(given(imported, claimed(1)).when(end(type, 1, 1_000, [lease(1)]))).toEqual(refusal('STALE_LEASE'));
      expect(given(imported, claimed(1, 7)).when(end(type, 1, 0, [lease(1, 1_000, 7)]))).toEqual(
        refusal('STALE_LEASE'),
      );
      expect(given(imported).when(end(type, 1, 0, []))).toEqual(refusal('STALE_LEASE'));
      expect(given(...readByTwo).when(end(type, 1, 0, []))).toEqual(refusal('ALREADY_SUBMITTED', { revision: 1 }));
    }
  });

  it('frees the place', () => {
    expect(given(imported, claimed(1)).when(end('releaseRead', 1, 999, [lease(1)]))).toEqual(
      accepted({ type: 'readReleased', ...of(1) }),
    );
    expect(given(imported, claimed(1)).when(end('skipRead', 1, 999, [lease(1)]))).toEqual(
      accepted({ type: 'readSkipped', ...of(1), reason: 'other', note: plainText('blurred') }),
    );
    const skipped: CaseEvent = { type: 'readSkipped', ...of(1), reason: 'other' };
    const history = [imported, claimed(1), skipped, claimed(2)];
    expect(given(...history).when(claim(3, 0, [lease(2)]))).toMatchObject({ ok: true });
  });
});

describe('submitting', () => {
  it('stores the answer with the boxes in pixels', () => {
    const draft = sampleDraft(sampleRegion(1, { system: 'normalised', x1: '0.1', y1: '0.5', x2: '0.2', y2: '1' }));
    const decision = given(imported, claimed(1)).when(submit(1, 999, [lease(1)], { draft }));
    expect(decision).toEqual(
      accepted({
        type: 'annotationSubmitted',
        ...of(1),
        annotationId: annotationId(1),
        revision: 1,
        annotation: {
          ...draft,
          regions: draft.regions.map((region) => ({ ...region, pixels: { x1: 20, y1: 50, x2: 40, y2: 100 } })),
        },
      }),
    );
  });

  it('completes the reads with the last one, once, naming them in order', () => {
    const history = [imported, claimed(2), submitted(2), claimed(1)];
    expect(given(...history).when(submit(1, 0, [lease(1)]))).toEqual(accepted(submitted(1), completed));
  });

  it('is taken after the lease ended, where nobody has taken the place', () => {
    expect(given(imported, claimed(1)).when(submit(1, 1_000, [lease(1)]))).toEqual(accepted(submitted(1)));
    expect(given(imported, claimed(1)).when(submit(1, 0, []))).toEqual(accepted(submitted(1)));
  });

  it('is refused when the claim is another one or there is none', () => {
    expect(given(imported, claimed(1, 7)).when(submit(1, 0, [lease(1, 1_000, 7)]))).toEqual(refusal('STALE_LEASE'));
    expect(given(imported).when(submit(1, 0, [lease(1)]))).toEqual(refusal('STALE_LEASE'));
  });

  it('is refused for a revision that is not the read’s, and a second time', () => {
    expect(given(imported, claimed(1)).when(submit(1, 0, [lease(1)], { revision: 1 }))).toEqual(
      refusal('STALE_REVISION', { revision: 0 }),
    );
    expect(given(imported, claimed(1), submitted(1)).when(submit(1, 0, [lease(1)]))).toEqual(
      refusal('ALREADY_SUBMITTED', { revision: 1 }),
    );
  });

  it('is refused with the problems of its content', () => {
    const draft = sampleDraft(sampleRegion(1, { x2: 'NaN' }));
    expect(given(imported, claimed(1)).when(submit(1, 0, [lease(1)], { draft }))).toMatchObject(
      refusal('INVALID_ANNOTATION', { problems: [{ path: 'regions[0]', code: 'NOT_A_DECIMAL' }] }),
    );
  });
});

describe('recording the consensus', () => {
  it('answers the completed reads, at the version they were complete', () => {
    expect(given(...readByTwo).when(record(6))).toEqual(
      accepted({ type: 'consensusReached', consensus: consensus(6), disagreements: [] }),
    );
    expect(given(...readByTwo).when(record(6, 'disputed'))).toEqual(
      accepted(
        { type: 'disagreementFound', consensus: consensus(6), disagreements: [disagreement(1, 'presence')] },
        { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'disagreement', panelSize: 1 },
      ),
    );
  });

  it('is not due before, or from another version', () => {
    expect(given(...readByTwo.slice(0, 5)).when(record(5))).toEqual(refusal('CONSENSUS_NOT_DUE'));
    expect(given(...readByTwo).when(record(5))).toEqual(refusal('CONSENSUS_NOT_DUE'));
  });

  it('is answered once: a second worker adds nothing', () => {
    for (const type of ['consensusReached', 'disagreementFound'] as const) {
      const answered: CaseEvent = { type, consensus: consensus(6), disagreements: [] };
      expect(given(...readByTwo, answered).when(record(6))).toEqual(accepted());
      expect(given(...readByTwo, answered).when(claim(3, 0, []))).toEqual(refusal('CASE_NOT_AVAILABLE'));
    }
  });
});

describe('erasing the subject', () => {
  const erase: CaseCommand = { type: 'eraseSubject', subjectId: subjectId(1) };
  const erased: CaseEvent = { type: 'subjectErased', subjectId: subjectId(1) };

  it.each([
    ['before it was read', [imported]],
    ['with reads complete', readByTwo],
  ])('happens once, %s', (_when, events) => {
    expect(given(...events).when(erase)).toEqual(accepted(erased));
    expect(given(...events, erased).when(erase)).toEqual(accepted());
  });

  it('is not for a case that nobody imported', () => {
    expect(given().when(erase)).toEqual(refusal('CASE_UNKNOWN'));
  });

  it('leaves open what was open: the consensus is still recorded', () => {
    expect(given(...readByTwo, erased).when(record(6))).toEqual(given(...readByTwo).when(record(6)));
  });
});
