import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { merkleLeafOf } from '@consilium/contracts';
import { checkpointIn, emptyTree, equalHashes, growTree, leafHashOf, rootOfEdge } from '@consilium/transparency';
import type { StoredEvent } from './stored-history.ts';
import type { SystemUnderTest } from './system-under-test.ts';

/** What the anchor says that the journal does not: each head is computed anew from the events, leaf by leaf. */
export async function sealProblems(
  { environment }: Pick<SystemUnderTest, 'environment'>,
  stored: readonly StoredEvent[],
): Promise<readonly string[]> {
  const folder = environment['CONSILIUM_ANCHOR_FOLDER'] ?? '';
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  const leaves = stored.map(({ globalSeq, streamHash }) => leafHashOf(merkleLeafOf(globalSeq, streamHash)));
  const problems: string[] = [];
  if (names.length === 0) problems.push('nothing was anchored');
  let edge = emptyTree;
  for (const name of names) {
    const checkpoint = checkpointIn(await readFile(join(folder, name)));
    if (checkpoint === undefined) {
      problems.push(`${name} is no checkpoint`);
      continue;
    }
    edge = growTree(edge, leaves.slice(edge.size, checkpoint.size)).edge;
    if (edge.size !== checkpoint.size || !equalHashes(rootOfEdge(edge), checkpoint.root)) {
      problems.push(`${name} is no head of this log`);
    }
  }
  return problems;
}
