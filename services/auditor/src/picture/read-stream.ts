import { decodeEvent } from '@consilium/contracts';
import type { DomainEvent, Envelope } from '@consilium/contracts';
import { isMissing } from '../history/found-event.ts';
import type { Found } from '../history/found-event.ts';
import type { HistorySource } from '../history/history-source.ts';
import { envelopeOf } from '../history/envelope-of.ts';
import { evolvePicture } from './picture.ts';
import type { Picture } from './picture.ts';

/** One event of a stream, with what the stream amounted to before and after it. */
export interface StreamStep {
  readonly globalSeq: number;
  readonly envelope: Envelope;
  readonly event: DomainEvent;
  readonly before: Picture | undefined;
  readonly after: Picture | undefined;
}

/** An event that cannot be read as what it says to be: run verify. */
export class UnreadableHistory extends Error {
  override readonly name = 'UnreadableHistory';
}

/** A stream from its beginning up to a number of the log. @throws UnreadableHistory */
export async function* readStream(
  source: HistorySource,
  streamId: string,
  to: number | undefined,
): AsyncGenerator<StreamStep> {
  let before: Picture | undefined;
  for await (const batch of source.events({ streamId, to }, () => undefined)) {
    for (const found of batch) {
      const { envelope, event } = decode(found);
      const after = evolvePicture(before, event);
      yield { globalSeq: found.globalSeq, envelope, event, before, after };
      before = after;
    }
  }
}

/** @throws UnreadableHistory */
export function decode(found: Found): { readonly envelope: Envelope; readonly event: DomainEvent } {
  const envelope = isMissing(found) ? undefined : envelopeOf(found.metaBytes);
  if (isMissing(found) || envelope === undefined) {
    throw new UnreadableHistory(`event ${String(found.globalSeq)} cannot be read: run verify`);
  }
  try {
    return { envelope, event: decodeEvent({ ...envelope, payloadBytes: found.payloadBytes }) };
  } catch (error) {
    throw new UnreadableHistory(`event ${String(found.globalSeq)} cannot be read: run verify`, { cause: error });
  }
}
