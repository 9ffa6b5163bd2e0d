import type { Envelope } from '@consilium/contracts';
import { envelopeOf } from './envelope-of.ts';
import { isMissing } from './found-event.ts';
import type { Found } from './found-event.ts';
import type { HistoryLookUp } from './history-look-up.ts';
import type { HistorySource } from './history-source.ts';

/** By reading everything once. */
export class ScanningLookUp implements HistoryLookUp {
  readonly #source: Pick<HistorySource, 'events'>;

  constructor(source: Pick<HistorySource, 'events'>) {
    this.#source = source;
  }

  async seqOf(eventId: string): Promise<number | undefined> {
    for await (const { found, envelope } of this.#events()) if (envelope.eventId === eventId) return found.globalSeq;
    return undefined;
  }

  async streamsMentioning(text: string, limit: number): Promise<readonly string[]> {
    const streams = new Set<string>();
    for await (const { found, envelope } of this.#events()) {
      if (isMissing(found) || !Buffer.from(found.payloadBytes).includes(text)) continue;
      streams.add(envelope.streamId);
      if (streams.size === limit) break;
    }
    return [...streams].sort();
  }

  async lastBefore(instantMs: number): Promise<number> {
    let last = 0;
    for await (const { found, envelope } of this.#events()) {
      if (Date.parse(envelope.recordedAt) > instantMs) return found.globalSeq - 1;
      last = found.globalSeq;
    }
    return last;
  }

  async *#events(): AsyncGenerator<{ readonly found: Found; readonly envelope: Envelope }> {
    for await (const batch of this.#source.events({}, () => undefined)) {
      for (const found of batch) {
        const envelope = isMissing(found) ? undefined : envelopeOf(found.metaBytes);
        if (envelope !== undefined) yield { found, envelope };
      }
    }
  }
}
