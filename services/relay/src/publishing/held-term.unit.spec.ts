import { afterEach, describe, expect, it } from '@jest/globals';
import type { RelayLease } from '@consilium/event-store';
import { StoreUnavailable } from '@consilium/event-store';
import { createLogger } from '@consilium/runtime';
import { HeldTerm } from './held-term.ts';
import { limits } from './limits.ts';

const logger = createLogger({ service: 'relay-spec', level: 'silent' });
const terms: HeldTerm[] = [];

interface LeaseScript {
  readonly renew?: () => Promise<boolean>;
  readonly onRelease?: () => void;
}

/** A term over a lease that answers as told, by a clock that stands where the test sets it. */
function openTerm({ renew = async () => true, onRelease = () => undefined }: LeaseScript = {}): {
  term: HeldTerm;
  clock: { nowMs: number };
} {
  const lease: RelayLease = {
    acquire: async () => undefined,
    renew,
    advance: async () => true,
    release: async () => {
      onRelease();
    },
  };
  const clock = { nowMs: 0 };
  const term = new HeldTerm({ lease, epoch: 7, askedAtMs: 0, monotonicMs: () => clock.nowMs, logger });
  terms.push(term);
  return { term, clock };
}

const overOf = async (term: HeldTerm): Promise<unknown> =>
  new Promise((resolve) => {
    term.over.addEventListener('abort', () => {
      resolve(term.over.reason);
    });
  });

afterEach(() => {
  for (const term of terms.splice(0)) term.end('test over');
});

describe('HeldTerm', () => {
  it('is held until the margin before the end of the lease, and not a moment longer', () => {
    const { term, clock } = openTerm();
    clock.nowMs = limits.leaseMs - limits.leaseMarginMs - 1;
    expect(term.isHeld()).toBe(true);
    clock.nowMs += 1;
    expect(term.isHeld()).toBe(false);
    expect(term.over.aborted).toBe(true);
  });

  it('never comes back once it is over', () => {
    const { term, clock } = openTerm();
    clock.nowMs = limits.leaseMs;
    expect(term.isHeld()).toBe(false);
    clock.nowMs = 0;
    expect(term.isHeld()).toBe(false);
  });

  it('goes on by a renewal, counted from when it was asked for', async () => {
    const renewed = Promise.withResolvers<undefined>();
    const { term, clock } = openTerm({
      renew: async () => {
        // The answer takes long; the lease counts from somewhere before it.
        clock.nowMs = 1_500;
        setImmediate(() => renewed.resolve(undefined));
        return true;
      },
    });
    clock.nowMs = 1_000;
    await renewed.promise;
    clock.nowMs = 1_000 + limits.leaseMs - limits.leaseMarginMs - 1;
    expect(term.isHeld()).toBe(true);
    clock.nowMs += 1;
    expect(term.isHeld()).toBe(false);
  });

  it('ends when another relay has taken over', async () => {
    const { term } = openTerm({ renew: async () => false });
    expect(await overOf(term)).toBe('another relay has taken over');
  });

  it('ends by itself when renewals do not come through', async () => {
    const { term, clock } = openTerm({
      renew: async () => {
        clock.nowMs = limits.leaseMs;
        throw new StoreUnavailable('away');
      },
    });
    expect(await overOf(term)).toBe('not renewed in time');
  });

  it('gives the lease back', async () => {
    let released = 0;
    const { term } = openTerm({ onRelease: () => (released += 1) });
    await term.giveBack();
    expect(released).toBe(1);
    expect(term.isHeld()).toBe(false);
  });
});
