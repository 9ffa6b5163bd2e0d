import type { LoadRequest } from '../event-store.ts';
import { limits } from '../limits.ts';

/** Places of the first that waits, and of those after it that may share its round trip: of the same organisation, within limits. */
export function chooseLoads(waiting: readonly LoadRequest[], maxBatch: number): readonly number[] {
  const chosen: number[] = [];
  let streamCount = 0;
  for (const [place, { organisation, streams }] of waiting.entries()) {
    if (chosen.length === maxBatch) break;
    const fits =
      place === 0 ||
      (organisation === waiting[0]?.organisation && streamCount + streams.length <= limits.streamsPerLoad);
    if (!fits) continue;
    chosen.push(place);
    streamCount += streams.length;
  }
  return chosen;
}
