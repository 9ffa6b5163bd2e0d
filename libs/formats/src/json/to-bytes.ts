/** A file as it comes in: pieces of any size, cut anywhere. */
export type FileChunks = AsyncIterable<Uint8Array | string>;

const loneSurrogate = /\p{Surrogate}/u;
const highSurrogateAtEnd = /[\uD800-\uDBFF]$/;
const utf8 = new TextEncoder();
/** Stands in no UTF-8 text, so that whoever decodes it notices. */
const neverUtf8 = Uint8Array.of(0xff);

/**
 * Text as UTF-8. A character may be cut between two pieces. Half of one without its other half has no UTF-8 form: TextEncoder
 * would put another character in its place, so a byte stands there that no decoder takes.
 */
export async function* toBytes(chunks: FileChunks): AsyncGenerator<Uint8Array> {
  let held = '';
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') {
      const text = held + chunk;
      held = highSurrogateAtEnd.exec(text)?.[0] ?? '';
      yield* encode(text.slice(0, text.length - held.length));
    } else {
      if (held !== '') yield neverUtf8;
      held = '';
      yield chunk;
    }
  }
  if (held !== '') yield neverUtf8;
}

function* encode(text: string): Generator<Uint8Array> {
  for (const [index, part] of text.split(loneSurrogate).entries()) {
    if (index > 0) yield neverUtf8;
    if (part !== '') yield utf8.encode(part);
  }
}
