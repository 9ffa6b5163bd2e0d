import { merkleLeafOf } from '@consilium/contracts';
import { emptyTree, growTree, leafHashOf, readerOver } from '@consilium/transparency';
import type { Hash, Tile, TileReader } from '@consilium/transparency';
import { isMissing } from '../history/found-event.ts';
import type { HistorySource } from '../history/history-source.ts';
import { UnreadableHistory } from '../picture/read-stream.ts';

/**
 * The tiles of a history that has none of its own (Kafka, a file), made from its events: about 33 bytes an event are kept.
 * @throws UnreadableHistory where an event before `size` is missing
 */
export async function treeOfHistory(
  source: HistorySource,
  size: number,
  onProgress: (events: number) => void,
): Promise<TileReader> {
  const tiles = new Map<string, Tile>();
  let edge = emptyTree;
  let last = 0;
  for await (const batch of source.events({ to: size }, () => undefined)) {
    const leaves: Hash[] = [];
    for (const found of batch) {
      if (isMissing(found) || found.globalSeq !== last + 1) {
        throw new UnreadableHistory(`event ${String(last + 1)} is missing: run verify`);
      }
      leaves.push(leafHashOf(merkleLeafOf(found.globalSeq, found.streamHash)));
      last = found.globalSeq;
    }
    const grown = growTree(edge, leaves);
    ({ edge } = grown);
    for (const tile of grown.written) tiles.set(`${String(tile.level)}/${String(tile.index)}`, tile);
    onProgress(last);
  }
  if (last < size)
    throw new UnreadableHistory(`the history ends at ${String(last)}, before ${String(size)}: run verify`);
  return readerOver([...tiles.values()], async () => []);
}
