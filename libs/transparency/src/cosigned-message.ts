/** What a witness signs of a checkpoint (C2SP tlog-cosignature, section Ed25519 signed message). */
export const cosignedMessage = (text: string, atSeconds: number): Uint8Array =>
  Buffer.from(`cosignature/v1\ntime ${String(atSeconds)}\n${text}`, 'utf8');

export const timestampLength = 8;

/** Big-endian. @throws RangeError for a time that is no whole number of seconds from 1970 on */
export function timestampBytes(atSeconds: number): Uint8Array {
  if (!Number.isSafeInteger(atSeconds) || atSeconds < 0) throw new RangeError('a time in whole seconds since 1970');
  const bytes = Buffer.alloc(timestampLength);
  bytes.writeBigUInt64BE(BigInt(atSeconds));
  return bytes;
}
