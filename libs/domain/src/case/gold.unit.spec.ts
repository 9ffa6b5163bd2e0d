import { describe, expect, it } from '@jest/globals';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  instant,
  nothingThere,
  readId,
  sampleCase,
  sampleDraft,
  sampleProtocol,
  sampleRegion,
  scenario,
  sentenceId,
} from '@consilium/testing';
import { plainText } from '../protected-text.ts';
import { medicalCase } from './case.ts';
import type { CaseCommand, CaseCommandOf } from './case-commands.ts';
import type { CaseEvent } from './case-events.ts';
import { drawsGold } from './gold-draw.ts';

const given = scenario(medicalCase);
const protocol = sampleProtocol({ readsPerCase: 1, readsMaximum: 3, amendWindowMs: 1_000 });
const imported: CaseEvent = { type: 'caseImported', ...sampleCase() };
const of = (n: number) => ({ readId: readId(n), annotatorId: annotatorId(n), claimId: claimId(n) });
const empty = { ...nothingThere, regions: [] };
const source = { kind: 'external', note: plainText('CT of the same day') } as const;
const lead = annotatorId(9);
const truth = { truthVersion: 1, annotationId: annotationId(90), source, annotation: empty, setBy: lead };
const set: CaseEvent = { type: 'goldSet', ...truth };
const retired: CaseEvent = { type: 'goldRetired' };
const sentences = [{ sentenceId: sentenceId(1), version: 1 }];
const claimed = (n: number): CaseEvent => ({ type: 'goldClaimed', ...of(n), leaseEndsAt: instant(1_000), sentences });
const answered = (n: number): CaseEvent => ({
  type: 'goldAnswered',
  ...of(n),
  annotationId: annotationId(n),
  revision: 1,
  truthVersion: 1,
  annotation: empty,
});
const readBy = (n: number): readonly CaseEvent[] => [
  { type: 'readClaimed', ...of(n), leaseEndsAt: instant(1_000), sentences },
  { type: 'annotationSubmitted', ...of(n), annotationId: annotationId(n), revision: 1, annotation: empty },
];
const complete: readonly CaseEvent[] = [...readBy(1), { type: 'readsCompleted', readIds: [readId(1)] }];
const leases = (...numbers: readonly number[]) => ({
  at: instant(0),
  leases: numbers.map((n) => ({ claimId: claimId(n), annotatorId: annotatorId(n), endsAt: instant(1_000) })),
});
const claim = (n: number): CaseCommandOf<'claimRead'> => ({ type: 'claimRead', ...of(n), protocol, ...leases() });
const submit = (n: number, changes: object = {}): CaseCommand => ({
  type: 'submitAnnotation',
  annotatorId: annotatorId(n),
  claimId: claimId(n),
  annotationId: annotationId(n),
  revision: 0,
  draft: nothingThere,
  protocol,
  ...leases(n),
  ...changes,
});
const setGold: CaseCommandOf<'setGold'> = {
  type: 'setGold',
  annotationId: annotationId(90),
  source,
  draft: nothingThere,
  setBy: lead,
  protocol,
};
const refused = (code: string, more: object = {}) => ({ ok: false, refusal: { code, ...more } });
const accepted = (...events: readonly CaseEvent[]) => ({ ok: true, events });

describe('a truth', () => {
  it('from outside makes a case gold in whatever state, once', () => {
    expect(given(imported).when(setGold)).toEqual(accepted(set));
    expect(given(imported, ...complete).when(setGold)).toEqual(accepted(set));
    expect(given(imported, set).when(setGold)).toEqual(refused('ALREADY_GOLD'));
    expect(given(imported, { type: 'caseWithdrawn' }).when(setGold)).toEqual(refused('CASE_WITHDRAWN'));
  });

  it('is held against the protocol and the images of the case', () => {
    const outside = sampleDraft(sampleRegion(1, { x2: '201' }));
    expect(given(imported).when({ ...setGold, draft: outside })).toMatchObject({
      refusal: { code: 'INVALID_TRUTH', problems: [{ path: 'regions[0]' }] },
    });
  });

  it('is corrected by whoever knows the one that holds; versions count on when it was retired', () => {
    const correct = { ...setGold, type: 'correctGold', truthVersion: 1 } as const;
    const second: CaseEvent = { ...set, type: 'goldCorrected', truthVersion: 2 };
    expect(given(imported, set).when(correct)).toEqual(accepted(second));
    expect(given(imported, set, second).when(correct)).toEqual(refused('STALE_REVISION', { revision: 2 }));
    expect(given(imported).when(correct)).toEqual(refused('NOT_GOLD'));
    expect(given(imported, set, retired).when(correct)).toEqual(refused('NOT_GOLD'));
    expect(given(imported, set, retired).when(setGold)).toEqual(accepted({ ...set, truthVersion: 2 }));
  });

  it('of adjudicators is the decision that holds', () => {
    const decided: readonly CaseEvent[] = [
      imported,
      { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'requested', panelSize: 1 },
      {
        type: 'adjudicationDecided',
        adjudicationId: adjudicationId(1),
        annotationId: annotationId(1),
        decisions: [],
      },
    ];
    const bySeat = { ...setGold, source: { kind: 'adjudication', adjudicationId: adjudicationId(1) } } as const;
    expect(given(...decided).when(bySeat)).toEqual(accepted({ ...set, source: bySeat.source }));
    expect(given(...decided, { type: 'caseReopened' }).when(bySeat)).toEqual(refused('WRONG_STATUS'));
    const another = { ...bySeat, source: { ...bySeat.source, adjudicationId: adjudicationId(2) } };
    expect(given(...decided).when(another)).toEqual(refused('WRONG_STATUS'));
    expect(given(imported).when(bySeat)).toEqual(refused('WRONG_STATUS'));
  });

  it('is retired once', () => {
    expect(given(imported, set).when({ type: 'retireGold' })).toEqual(accepted(retired));
    expect(given(imported, set, retired).when({ type: 'retireGold' })).toEqual(refused('NOT_GOLD'));
  });
});

describe('a gold case', () => {
  it('is given as gold in every state, and takes no place', () => {
    expect(given(imported, set).when(claim(2))).toEqual(accepted(claimed(2)));
    expect(given(imported, ...complete, set).when(claim(2))).toEqual(accepted(claimed(2)));
    const finalised: readonly CaseEvent[] = [...complete, { type: 'caseFinalised', source: 'consensus' }];
    expect(given(imported, ...finalised, set).when(claim(2))).toEqual(accepted(claimed(2)));
    expect(given(imported, set, claimed(2), claimed(3)).when(claim(4))).toEqual(accepted(claimed(4)));
  });

  it('is answered without completing anything', () => {
    expect(given(imported, set, claimed(2)).when(submit(2))).toEqual(accepted(answered(2)));
    expect(given(imported, set, claimed(2), answered(2)).when(submit(2))).toEqual(
      refused('ALREADY_SUBMITTED', { revision: 1 }),
    );
    expect(given(imported, set, claimed(2), answered(2)).when(claim(2))).toEqual(
      refused('ALREADY_SUBMITTED', { revision: 1 }),
    );
  });

  it('is answered late too, and after it was retired: nothing that its annotator is told differs', () => {
    expect(given(imported, set, claimed(2)).when(submit(2, { leases: [] }))).toEqual(accepted(answered(2)));
    expect(given(imported, set, claimed(2), retired).when(submit(2))).toEqual(accepted(answered(2)));
    expect(given(imported, set, claimed(2)).when(submit(2, { claimId: claimId(7) }))).toEqual(refused('STALE_LEASE'));
  });

  it('is released and skipped as any other', () => {
    const end = { annotatorId: annotatorId(2), claimId: claimId(2), ...leases(2) };
    const released: CaseEvent = { type: 'goldReleased', ...of(2), reason: 'noTime' };
    const skipped: CaseEvent = { type: 'goldSkipped', ...of(2), reason: 'other' };
    const history = [imported, set, claimed(2)];
    expect(given(...history).when({ type: 'releaseRead', ...end, reason: 'noTime' })).toEqual(accepted(released));
    expect(given(...history).when({ type: 'skipRead', ...end, reason: 'other' })).toEqual(accepted(skipped));
    expect(given(...history, released).when(claim(2))).toEqual(accepted(claimed(2)));
    expect(given(...history, skipped).when(claim(2))).toEqual(refused('ALREADY_SKIPPED'));
    expect(given(...history).when({ type: 'releaseRead', ...end, leases: [] })).toEqual(refused('STALE_LEASE'));
  });

  it('is amended within the window, when it is finalised too', () => {
    const history = [imported, ...complete, set, claimed(2), answered(2)];
    const amend = {
      type: 'amendAnnotation',
      annotatorId: annotatorId(2),
      revision: 1,
      draft: nothingThere,
      protocol,
      at: instant(999),
      submittedAt: instant(0),
      independence: 'blind',
    } as const;
    const amended: CaseEvent = {
      type: 'goldAmended',
      ...of(2),
      annotationId: annotationId(2),
      revision: 2,
      annotation: empty,
    };
    expect(given(...history).when(amend)).toEqual(accepted(amended));
    const finalised: CaseEvent = { type: 'caseFinalised', source: 'consensus' };
    expect(given(...history, finalised).when(amend)).toEqual(accepted(amended));
    expect(given(...history).when({ ...amend, at: instant(1_000) })).toEqual(refused('AMEND_WINDOW_CLOSED'));
  });

  it('is flagged by whoever answers it, and given to nobody while a patient could be recognised', () => {
    const flag = { type: 'caseFlagged', flagId: 'f', annotatorId: annotatorId(2), reason: 'identityVisible' } as const;
    const holder = { annotatorId: annotatorId(2), claimId: claimId(2) };
    const command = { ...flag, type: 'flagCase', holder, ...leases(2) } as unknown as CaseCommand;
    expect(given(imported, set, claimed(2)).when(command)).toMatchObject(accepted(flag as unknown as CaseEvent));
    expect(given(imported, set, flag as unknown as CaseEvent).when(claim(3))).toEqual(refused('CASE_NOT_AVAILABLE'));
  });

  it('is not given as gold to whoever has read it, holds it, adjudicates it, or gave its truth', () => {
    expect(given(imported, ...readBy(1), set).when(claim(1))).toEqual(refused('ALREADY_SUBMITTED', { revision: 1 }));
    const [reading] = readBy(1);
    const held = [imported, ...(reading === undefined ? [] : [reading]), set];
    expect(given(...held).when({ ...claim(1), ...leases(1) })).toEqual(accepted());
    const seat: readonly CaseEvent[] = [
      { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'requested', panelSize: 1 },
      {
        type: 'adjudicationClaimed',
        adjudicationId: adjudicationId(1),
        annotatorId: annotatorId(3),
        claimId: claimId(3),
        leaseEndsAt: instant(1_000),
      },
    ];
    expect(given(imported, ...seat, set).when(claim(3))).toEqual(refused('CASE_NOT_AVAILABLE'));
    expect(given(imported, set).when({ ...claim(9), annotatorId: lead })).toEqual(refused('CASE_NOT_AVAILABLE'));
  });

  it('is given as gold to whoever let it run out or gave it back', () => {
    const [reading] = readBy(2);
    if (reading === undefined) throw new Error('a read begins with its claim');
    expect(given(imported, reading, set).when(claim(2))).toEqual(
      accepted({ type: 'readExpired', ...of(2) }, claimed(2)),
    );
    expect(given(imported, reading, { type: 'readReleased', ...of(2) }, set).when(claim(2))).toEqual(
      accepted(claimed(2)),
    );
  });

  it('is a case like any other once it is retired, but for those who answered it', () => {
    const fresh = given(imported, set, claimed(2), retired).when(claim(3));
    expect(fresh).toMatchObject({ events: [{ type: 'readClaimed' }] });
    const again = given(imported, set, claimed(2), retired).when({ ...claim(2), claimId: claimId(8), ...leases(2) });
    expect(again).toMatchObject({ events: [{ type: 'goldReleased' }, { type: 'readClaimed' }] });
    expect(given(imported, set, claimed(2), answered(2), retired).when(claim(2))).toEqual(
      refused('ALREADY_SUBMITTED', { revision: 1 }),
    );
  });

  it('has no adjudicator among those who were given it', () => {
    const history: readonly CaseEvent[] = [
      imported,
      set,
      claimed(2),
      answered(2),
      { type: 'adjudicationOpened', adjudicationId: adjudicationId(1), cause: 'requested', panelSize: 1 },
    ];
    const seat = { annotatorId: annotatorId(2), claimId: claimId(5), role: 'adjudicator', protocol } as const;
    expect(given(...history).when({ type: 'claimSeat', ...seat, ...leases() })).toEqual(refused('READ_BY_YOU'));
  });

  it('waits for no further read: whoever is left would be given it as gold', () => {
    const reopen = { type: 'reopenForReading', readersLeft: 5, protocol } as const;
    const history: readonly CaseEvent[] = [imported, ...complete, { type: 'caseFinalised', source: 'consensus' }];
    expect(given(...history).when(reopen)).toMatchObject({ ok: true });
    expect(given(...history, set).when(reopen)).toEqual(refused('NO_MORE_READS'));
  });
});

it('is drawn at the share of the protocol', () => {
  expect(drawsGold(0, { goldShare: 0 })).toBe(false);
  expect(drawsGold(2 ** 32 - 1, { goldShare: 0.5 })).toBe(false);
  expect(drawsGold(2 ** 31 - 1, { goldShare: 0.5 })).toBe(true);
  expect(drawsGold(2 ** 31, { goldShare: 0.5 })).toBe(false);
});
