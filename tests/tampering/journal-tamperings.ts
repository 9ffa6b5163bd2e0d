import { historyEdits } from './history-edits.ts';
import { asTampering, columnTamperings, type JournalMaker } from './journal-columns.ts';
import { type HeadRepair, rewriteJournal } from './journal-rewrite.ts';
import { rowTamperings } from './journal-rows.ts';
import type { JournalSnapshot } from './journal-snapshot.ts';
import { coherent } from './log-event.ts';
import { drawTamperings, type SqlTampering } from './tampering.ts';

const headRepairs: readonly HeadRepair[] = ['kept', 'kept', 'removed', 'forged', 'forged under the trusted key id'];

/** Another history with all its numbers, versions, hashes and counters right, and often the tiles too: only the key is missing. */
const rewritings: Readonly<Record<string, JournalMaker>> = Object.fromEntries(
  Object.entries(historyEdits).map(([kind, edit]): readonly [string, JournalMaker] => [
    `${kind}, rewritten`,
    (random, snapshot) => {
      const edited = edit(
        random,
        snapshot.history.map(({ logged }) => logged),
      );
      if (edited === undefined) return undefined;
      const rewriting = { tiles: random.below(3) > 0, heads: random.pick(headRepairs) };
      return asTampering(
        `${edited.what}; all after it is in order again, tiles ${rewriting.tiles ? 'made anew' : 'kept'}, heads ${rewriting.heads}`,
        rewriteJournal(snapshot, coherent(edited.events), rewriting),
      );
    },
  ]),
);

const makers: Readonly<Record<string, JournalMaker>> = { ...columnTamperings, ...rowTamperings, ...rewritings };

export const journalTamperingKinds: readonly string[] = Object.keys(makers);

/**
 * `count` changes of the journal's tables, each to be noticed by whoever has the verifier key and the anchored heads. They
 * are all of what was sealed: nothing can be known of events after the newest head but that they hold together.
 */
export const journalTamperings = (seed: number, count: number, snapshot: JournalSnapshot): Generator<SqlTampering> =>
  drawTamperings(seed, count, snapshot, makers);
