const decoder = new TextDecoder('utf-8', { fatal: true });

/** A request whose body is no JSON, or no UTF-8. */
class BadBody extends Error {
  override readonly name = 'BadBody';
  readonly statusCode = 400;
}

/** Bytes that are no UTF-8 are refused: replaced by question marks they would be stored as something nobody sent. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    throw new BadBody('the body is no JSON in UTF-8', { cause: error });
  }
}
