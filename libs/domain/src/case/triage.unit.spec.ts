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
import { accept, refuse } from '../decider.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({ readsPerCase: 2 });
const note = plainText('the film is upside down and half of it is missing');
const now = { at: instant(500), leases: [] };

const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const claimed = (n: number): CaseEvent => ({
  type: 'readClaimed',
  ...of(n),
  leaseEndsAt: instant(1_000),
  sentences: [],
});
const submitted = (n: number): CaseEvent => ({
  type: 'annotationSubmitted',
  ...of(n),
  annotationId: annotationId(n),
  revision: 1,
  annotation: { ...nothingThere, regions: [] },
});
const completed: CaseEvent = { type: 'readsCompleted', readIds: [readId(1), readId(2)] };
const excluded: CaseEvent = { type: 'caseExcluded' };
const exclude: CaseCommand = { type: 'excludeCase', note, ...now };
const include: CaseCommand = { type: 'includeCase', note, protocol };

describe('a case that is unusable', () => {
  it('is taken from whoever reads it, with the note', () => {
    const leases = [{ claimId: claimId(1), annotatorId: annotatorId(1), endsAt: instant(1_000) }];
    expect(given(imported, claimed(1)).when({ type: 'excludeCase', note, at: instant(500), leases })).toEqual(
      accept({ type: 'readReleased', ...of(1) }, { type: 'caseExcluded', note }),
    );
  });

  it('has no consensus that stands, and no adjudication that goes on', () => {
    expect(given(imported, claimed(1), submitted(1), claimed(2), submitted(2), completed).when(exclude)).toEqual(
      accept({ type: 'readsReopened', completedAtVersion: 6 }, { type: 'caseExcluded', note }),
    );
  });

  it('is excluded once', () => {
    expect(given(imported, excluded).when(exclude)).toEqual(accept());
  });

  it('is read, amended, moved and adjudicated by nobody', () => {
    const read = { ...of(3), ...now, protocol };
    const after = given(imported, claimed(1), submitted(1), excluded);
    expect(after.when({ type: 'claimRead', ...read })).toEqual(refuse({ code: 'CASE_NOT_AVAILABLE' }));
    expect(after.when({ type: 'withdrawAnnotation', annotatorId: annotatorId(1), revision: 1, protocol })).toEqual(
      refuse({ code: 'CASE_EXCLUDED' }),
    );
    expect(after.when({ type: 'moveCaseProtocol', protocolVersion: 2, protocol, ...now })).toEqual(
      refuse({ code: 'CASE_EXCLUDED' }),
    );
    expect(after.when({ type: 'finaliseCase' })).toEqual(refuse({ code: 'WRONG_STATUS' }));
  });

  it('takes nothing from a claim that the exclusion ended, nor what comes late', () => {
    const late: CaseCommand = {
      type: 'submitAnnotation',
      annotatorId: annotatorId(1),
      claimId: claimId(1),
      annotationId: annotationId(1),
      revision: 0,
      draft: nothingThere,
      protocol,
      at: instant(2_000),
      leases: [],
    };
    expect(given(imported, claimed(1), { type: 'readExpired', ...of(1) }, excluded).when(late)).toEqual(
      refuse({ code: 'STALE_LEASE' }),
    );
  });

  it('comes back with the reads it had, complete where they were', () => {
    expect(
      given(imported, claimed(1), submitted(1), claimed(2), submitted(2), completed, excluded).when(include),
    ).toEqual(accept<CaseEvent>({ type: 'caseIncluded', note }, completed));
  });

  it('may be withdrawn with its import', () => {
    expect(given(imported, excluded).when({ type: 'withdrawCase', withReads: false, ...now })).toEqual(
      accept({ type: 'caseReopened' }, { type: 'caseWithdrawn' }),
    );
  });

  it('is not excluded while final or withdrawn, nor included when it is not excluded', () => {
    expect(given(imported, { type: 'caseFinalised', source: 'consensus' }).when(exclude)).toEqual(
      refuse({ code: 'CASE_FINALISED' }),
    );
    expect(given(imported, { type: 'caseWithdrawn' }).when(exclude)).toEqual(refuse({ code: 'CASE_WITHDRAWN' }));
    expect(given(imported).when(include)).toEqual(refuse({ code: 'WRONG_STATUS' }));
    expect(medicalCase.decide(include, medicalCase.initial)).toEqual({ ok: false, refusal: { code: 'CASE_UNKNOWN' } });
  });
});
