import { describe, expect, it } from '@jest/globals';
import { eventId } from '@consilium/testing';
import { streamIdOf } from '../identifiers.ts';
import { parking } from './parking.ts';

const at = {
  parkedStreamId: streamIdOf('case', '00000004-0000-4000-8000-000000000001'),
  parkedEventId: eventId(1),
};

describe('decisions about parked streams', () => {
  it('try again as often as they are asked to', () => {
    const once = parking.decide({ type: 'retryParkedStream', ...at }, parking.initial);
    expect(once).toEqual({ ok: true, events: [{ type: 'parkedStreamRetried', ...at }] });
    const state = parking.evolve(parking.initial, { type: 'parkedStreamRetried', ...at });
    expect(parking.decide({ type: 'retryParkedStream', ...at }, state)).toEqual(once);
  });

  it('discard an event once, and another besides', () => {
    const state = parking.evolve(parking.initial, { type: 'parkedEventDiscarded', ...at });
    expect(parking.decide({ type: 'discardParkedEvent', ...at }, parking.initial)).toEqual({
      ok: true,
      events: [{ type: 'parkedEventDiscarded', ...at }],
    });
    expect(parking.decide({ type: 'discardParkedEvent', ...at }, state)).toEqual({ ok: true, events: [] });
    const other = { ...at, parkedEventId: eventId(2) };
    expect(parking.decide({ type: 'discardParkedEvent', ...other }, state)).toMatchObject({ events: [other] });
  });
});
