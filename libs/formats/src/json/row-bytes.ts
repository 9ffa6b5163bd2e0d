/** The text of one row of a file, or why there is none. */
export type RowText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly code: 'TOO_LARGE' | 'NOT_UTF8' };

/** Collects the bytes of one row after another; those beyond the limit are dropped, so that memory stays bounded. */
export class RowBytes {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #bytes = new Uint8Array(4_096);
  #length = 0;
  #tooLarge = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  append(part: Uint8Array): void {
    const length = this.#length + part.length;
    if (length > this.#maxBytes) this.#tooLarge = true;
    if (this.#tooLarge) return;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#maxBytes, Math.max(length, 2 * this.#bytes.length)));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(part, this.#length);
    this.#length = length;
  }

  /** Gives the row's text, and begins the next row. A byte order mark at its beginning is no part of it. */
  take(): RowText {
    const bytes = this.#bytes.subarray(0, this.#length);
    const tooLarge = this.#tooLarge;
    this.#length = 0;
    this.#tooLarge = false;
    if (tooLarge) return { ok: false, code: 'TOO_LARGE' };
    try {
      return { ok: true, text: this.#decoder.decode(bytes) };
    } catch {
      return { ok: false, code: 'NOT_UTF8' };
    }
  }
}
