/** The bytes of base64 as RFC 4648 section 4 writes it, padded; undefined for anything that is not exactly that. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
