import { decodeEnvelope } from '@consilium/contracts';
import type { Envelope } from '@consilium/contracts';

/** Undefined where the bytes are no envelope. */
export function envelopeOf(metaBytes: Uint8Array): Envelope | undefined {
  try {
    return decodeEnvelope(metaBytes);
  } catch {
    return undefined;
  }
}
