import type { Envelope } from '@consilium/contracts';
import type { FoundEvent } from '../history/found-event.ts';
import type { StreamEnd } from './check-event.ts';

/**
 * Where every stream has got to, while a log is read in its order. The journal is asked for the event before, so nothing is
 * kept; of Kafka or a file about 200 bytes a stream are.
 */
export class StreamEnds {
  /** By stream: version and hash. As text of one byte a character, which takes the least room. */
  readonly #ends = new Map<string, { readonly version: number; readonly hash: string }>();

  before(found: FoundEvent): (streamId: string) => StreamEnd | undefined {
    const { columns } = found;
    if (columns !== undefined) {
      const { previous, streamVersion } = columns;
      return () =>
        previous === undefined ? undefined : { version: streamVersion - 1, streamHash: previous.streamHash };
    }
    return (streamId) => {
      const end = this.#ends.get(streamId);
      return end === undefined ? undefined : { version: end.version, streamHash: Buffer.from(end.hash, 'latin1') };
    };
  }

  passed({ columns, streamHash }: FoundEvent, { streamId, streamVersion }: Envelope): void {
    if (columns !== undefined) return;
    this.#ends.set(streamId, { version: streamVersion, hash: Buffer.from(streamHash).toString('latin1') });
  }
}
