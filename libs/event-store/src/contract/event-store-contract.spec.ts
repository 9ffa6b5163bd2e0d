import { describe } from '@jest/globals';
import { describeAppend } from './append-contract.spec.ts';
import { describeClaims } from './claim-contract.spec.ts';
import { describeCommands } from './command-contract.spec.ts';
import type { Journal } from './journal-fixture.spec.ts';
import { describeLog } from './log-contract.spec.ts';
import { describeSeals } from './seal-contract.spec.ts';

/** What every event store does, with its sequencer, log and relay lease; `journal` is asked for inside the tests. */
export function describeEventStore(name: string, journal: () => Journal): void {
  describe(name, () => {
    describeAppend(journal);
    describeCommands(journal);
    describeClaims(journal);
    describeLog(journal);
    describeSeals(journal);
  });
}
