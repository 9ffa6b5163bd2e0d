import type { Instant } from '@consilium/domain';
import { describeEventStore } from '../contract/event-store-contract.spec.ts';
import { InMemoryEventStore } from './in-memory-event-store.ts';

const store = new InMemoryEventStore({ now: () => Date.now() as Instant });

describeEventStore('InMemoryEventStore', () => ({
  store,
  sequencer: store.log,
  log: store.log,
  lease: store.log,
  seals: store.log.seals,
}));
