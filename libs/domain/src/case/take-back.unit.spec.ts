import { describe, expect, it } from '@jest/globals';
import {
  annotationId,
  annotatorId,
  claimId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleProtocol,
  scenario,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import type { Lease } from './lease.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({ readsPerCase: 2 });
const note = plainText('another patient');

const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const claimed = (n: number): CaseEvent => ({
  type: 'readClaimed',
  ...of(n),
  leaseEndsAt: instant(1_000),
  sentences: [],
});
const annotation = { ...nothingThere, regions: [] };
const submitted = (n: number, revision = 1): CaseEvent => ({
  type: 'annotationSubmitted',
  ...of(n),
  annotationId: annotationId(n * 10 + revision),
  revision,
  annotation,
});
const withdrawn = (n: number): CaseEvent => ({
  type: 'annotationWithdrawn',
  ...of(n),
  annotationId: annotationId(n * 10 + 1),
  revision: 1,
  note,
});
const completed: CaseEvent = { type: 'readsCompleted', readIds: [readId(1), readId(2)] };
const reopened: CaseEvent = { type: 'readsReopened', completedAtVersion: 6 };
const readByTwo = [imported, claimed(1), submitted(1), claimed(2), submitted(2), completed];
const readByOne = readByTwo.slice(0, 3);
const caseWithdrawn: CaseEvent = { type: 'caseWithdrawn', note };

const withdraw = (n: number, revision = 1): CaseCommand => ({
  type: 'withdrawAnnotation',
  protocol: sampleProtocol(),
  annotatorId: annotatorId(n),
  revision,
  note,
});
const restore = (n: number, revision: number, leases: readonly Lease[] = [], at = 0): CaseCommand => ({
  type: 'restoreAnnotation',
  ...of(n),
  annotationId: annotationId(n * 10 + 1),
  revision,
  annotation,
  independence: 'blind',
  note,
  protocol,
  at: instant(at),
  leases,
});
const restored = (n: number, revision: number, wasWithdrawn: boolean): CaseEvent => ({
  type: 'annotationAmended',
  ...of(n),
  annotationId: annotationId(n * 10 + 1),
  revision,
  origin: { kind: 'restored', revision: 1 },
  independence: 'blind',
  wasWithdrawn,
  annotation,
  note,
});
const withdrawCase = (withReads: boolean, leases: readonly Lease[] = []): CaseCommand => ({
  type: 'withdrawCase',
  withReads,
  note,
  at: instant(0),
  leases,
});
const lease = (n: number): Lease => ({ annotatorId: annotatorId(n), claimId: claimId(n), endsAt: instant(1_000) });
const accepted = (...events: readonly CaseEvent[]) => ({ ok: true, events });
const refused = (code: string, rest: object = {}) => ({ ok: false, refusal: { code, ...rest } });

describe('withdrawing an annotation', () => {
  it('opens complete reads first, and leaves others alone', () => {
    expect(given(...readByTwo).when(withdraw(1))).toEqual(accepted(reopened, withdrawn(1)));
    expect(given(...readByOne).when(withdraw(1))).toEqual(accepted(withdrawn(1)));
  });

  it('is refused where nothing counts, or something else does', () => {
    expect(given(imported, claimed(1)).when(withdraw(1))).toEqual(refused('NOT_SUBMITTED'));
    expect(given(...readByOne, withdrawn(1)).when(withdraw(1))).toEqual(refused('NOT_SUBMITTED'));
    expect(given(...readByOne).when(withdraw(1, 2))).toEqual(refused('STALE_REVISION', { revision: 1 }));
    expect(given(...readByOne, caseWithdrawn).when(withdraw(1))).toEqual(refused('CASE_WITHDRAWN'));
    expect(given().when(withdraw(1))).toEqual(refused('CASE_UNKNOWN'));
  });
});

describe('restoring an annotation', () => {
  it('completes the reads again where it is the last that was missing', () => {
    expect(given(...readByTwo, reopened, withdrawn(1)).when(restore(1, 1))).toEqual(
      accepted(restored(1, 2, true), completed),
    );
    expect(given(...readByOne, withdrawn(1)).when(restore(1, 1))).toEqual(accepted(restored(1, 2, true)));
  });

  it('over a later one of complete reads opens and completes them', () => {
    const again = [claimed(1), submitted(1, 2), completed];
    expect(given(...readByTwo, reopened, withdrawn(1), ...again).when(restore(1, 1))).toEqual(
      accepted({ type: 'readsReopened', completedAtVersion: 11 }, restored(1, 3, false), completed),
    );
  });

  it('of what counts already changes nothing', () => {
    expect(given(...readByTwo).when(restore(1, 1))).toEqual(accepted());
  });

  it('is refused for a revision or a reader that never was', () => {
    for (const revision of [0, -1, 2]) {
      expect(given(...readByOne).when(restore(1, revision))).toEqual(refused('REVISION_UNKNOWN'));
    }
    expect(given(...readByOne).when(restore(2, 1))).toEqual(refused('REVISION_UNKNOWN'));
    expect(given(...readByOne, withdrawn(1), caseWithdrawn).when(restore(1, 1))).toEqual(refused('CASE_WITHDRAWN'));
  });

  it('waits for the annotator who reads the case again, until the lease has ended', () => {
    const history = [...readByOne, withdrawn(1), claimed(1)];
    expect(given(...history).when(restore(1, 1, [lease(1)], 999))).toEqual(refused('READ_HELD'));
    expect(given(...history).when(restore(1, 1, [lease(1)], 1_000))).toEqual(
      accepted({ type: 'readExpired', ...of(1) }, restored(1, 2, true)),
    );
  });

  it('takes no place that others have, but that of a lease that has ended', () => {
    const history = [...readByTwo, reopened, withdrawn(1), claimed(3)];
    expect(given(...history).when(restore(1, 1, [lease(3)], 999))).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(...history).when(restore(1, 1, [lease(3)], 1_000))).toEqual(
      accepted({ type: 'readExpired', ...of(3) }, restored(1, 2, true), completed),
    );
  });
});

describe('withdrawing a case', () => {
  it('is refused over submitted reads unless they are meant', () => {
    expect(given(...readByTwo).when(withdrawCase(false))).toEqual(refused('CASE_HAS_READS', { reads: 2 }));
    expect(given(...readByTwo).when(withdrawCase(true))).toEqual(accepted(reopened, caseWithdrawn));
  });

  it('ends the claims of those who read it at present', () => {
    expect(given(imported, claimed(1), claimed(2)).when(withdrawCase(false, [lease(2)]))).toEqual(
      accepted({ type: 'readExpired', ...of(1) }, { type: 'readReleased', ...of(2) }, caseWithdrawn),
    );
  });

  it('is refused a second time, as everything is but its return', () => {
    const gone = [imported, caseWithdrawn];
    expect(given(...gone).when(withdrawCase(true))).toEqual(refused('CASE_WITHDRAWN'));
    expect(given(...gone).when({ type: 'importCase', content: sampleCase(), protocol })).toEqual(
      refused('CASE_WITHDRAWN'),
    );
    expect(given(...gone).when({ type: 'claimRead', ...of(1), at: instant(0), leases: [], protocol })).toEqual(
      refused('CASE_NOT_AVAILABLE'),
    );
  });
});

describe('reinstating a case', () => {
  const reinstate: CaseCommand = { type: 'reinstateCase', note, protocol };
  const reinstated: CaseEvent = { type: 'caseReinstated', note };

  it('completes its reads anew where they were', () => {
    expect(given(...readByTwo, reopened, caseWithdrawn).when(reinstate)).toEqual(accepted(reinstated, completed));
    expect(given(...readByOne, caseWithdrawn).when(reinstate)).toEqual(accepted(reinstated));
  });

  it('is refused where it is not withdrawn', () => {
    expect(given(...readByOne).when(reinstate)).toEqual(refused('CASE_NOT_WITHDRAWN'));
  });
});
