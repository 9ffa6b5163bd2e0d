import { maxNesting } from './parse-json.ts';
import type { RowText } from './row-bytes.ts';
import { RowBytes } from './row-bytes.ts';

/** One element of the array, or the end of a file that is none. */
export type ScannedElement =
  | { readonly kind: 'element'; readonly row: number; readonly byteOffset: number; readonly content: RowText }
  | { readonly kind: 'broken'; readonly row: number; readonly byteOffset: number; readonly code: BrokenArrayCode };

export type BrokenArrayCode =
  /** The file does not begin with an opening square bracket. */
  | 'NOT_AN_ARRAY'
  /** A byte that cannot stand between elements, or a bracket that closes another kind of bracket. */
  | 'UNEXPECTED_BYTE'
  /** The file ends before the array does. */
  | 'TRUNCATED'
  /** Something follows the array. */
  | 'AFTER_THE_END';

const byteOf = (character: string): number => character.charCodeAt(0);
const [quote, backslash, comma] = [byteOf('"'), byteOf('\\'), byteOf(',')];
const [openObject, closeObject, openArray, closeArray] = [byteOf('{'), byteOf('}'), byteOf('['), byteOf(']')];
const byteOrderMark = [0xef, 0xbb, 0xbf];

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

type Place = 'beforeArray' | 'beforeFirst' | 'beforeNext' | 'inElement' | 'afterElement' | 'afterArray' | 'broken';

/**
 * Cuts a JSON array into the texts of its elements, in one pass and in memory bounded by one element. It knows strings,
 * escapes and brackets, and no more of JSON: what an element is worth is said by whoever parses it. All bytes that matter here
 * are ASCII, which never stands within a character of several bytes, so the file may be cut anywhere.
 */
export class ArrayScanner {
  readonly #content: RowBytes;
  #place: Place = 'beforeArray';
  #row = 0;
  /** Bytes of the chunks before the present one. */
  #bytesBefore = 0;
  #elementAt = 0;
  #inString = false;
  #escaped = false;
  #nesting = 0;
  /** The bracket that closes each level. Deeper ones are counted only: such an element is refused when it is parsed. */
  readonly #closers = new Uint8Array(maxNesting + 1);

  /** @param maxElementBytes of one element's UTF-8 text; a larger one is passed over and reported. */
  constructor(maxElementBytes: number) {
    this.#content = new RowBytes(maxElementBytes);
  }

  *scan(chunk: Uint8Array): Generator<ScannedElement> {
    /** Where the present element's bytes in this chunk begin. */
    let begin = 0;
    for (let index = 0; index < chunk.length && this.#place !== 'broken'; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#place !== 'inElement') {
        const code = this.#step(byte, this.#bytesBefore + index);
        if (code !== undefined) yield this.#broken(code, this.#bytesBefore + index);
        begin = index;
      }
      if (this.#place === 'inElement') {
        const end = this.#stepWithin(byte);
        if (end === 'mismatch') yield this.#broken('UNEXPECTED_BYTE', this.#bytesBefore + index);
        if (end === 'with' || end === 'before') {
          this.#content.append(chunk.subarray(begin, end === 'with' ? index + 1 : index));
          yield this.#element();
        }
        // What ends a bare value stands after it: it is looked at again.
        if (end === 'before') index -= 1;
      }
    }
    if (this.#place === 'inElement') this.#content.append(chunk.subarray(begin));
    this.#bytesBefore += chunk.length;
  }

  /** To be called once, when there are no more chunks. */
  *end(): Generator<ScannedElement> {
    if (this.#place === 'afterArray' || this.#place === 'broken') return;
    yield this.#broken(this.#place === 'beforeArray' ? 'NOT_AN_ARRAY' : 'TRUNCATED', this.#bytesBefore);
  }

  /** Between elements. */
  #step(byte: number, offset: number): BrokenArrayCode | undefined {
    if (isSpace(byte)) return undefined;
    switch (this.#place) {
      case 'beforeArray':
        if (byte === byteOrderMark[offset]) return undefined;
        this.#place = 'beforeFirst';
        return byte === openArray ? undefined : 'NOT_AN_ARRAY';
      case 'beforeFirst':
      case 'beforeNext':
        if (byte === closeArray && this.#place === 'beforeFirst') {
          this.#place = 'afterArray';
          return undefined;
        }
        if (byte === comma || byte === closeArray || byte === closeObject) return 'UNEXPECTED_BYTE';
        this.#place = 'inElement';
        this.#elementAt = offset;
        return undefined;
      case 'afterElement':
        if (byte !== comma && byte !== closeArray) return 'UNEXPECTED_BYTE';
        this.#place = byte === comma ? 'beforeNext' : 'afterArray';
        return undefined;
      case 'afterArray':
        return 'AFTER_THE_END';
      case 'inElement':
      case 'broken':
        return undefined;
    }
  }

  /** Whether the element ends with this byte, before it, or not yet. */
  #stepWithin(byte: number): 'with' | 'before' | 'mismatch' | undefined {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === backslash) this.#escaped = true;
      else if (byte === quote) {
        this.#inString = false;
        if (this.#nesting === 0) return 'with';
      }
      return undefined;
    }
    switch (byte) {
      case quote:
        this.#inString = true;
        return undefined;
      case openObject:
      case openArray:
        this.#nesting += 1;
        this.#closers[this.#nesting] = byte === openObject ? closeObject : closeArray;
        return undefined;
      case closeObject:
      case closeArray:
        if (this.#nesting === 0) return 'before';
        if (this.#nesting <= maxNesting && this.#closers[this.#nesting] !== byte) return 'mismatch';
        this.#nesting -= 1;
        return this.#nesting === 0 ? 'with' : undefined;
      default:
        return this.#nesting === 0 && (byte === comma || isSpace(byte)) ? 'before' : undefined;
    }
  }

  #element(): ScannedElement {
    const row = this.#row;
    this.#place = 'afterElement';
    this.#row += 1;
    return { kind: 'element', row, byteOffset: this.#elementAt, content: this.#content.take() };
  }

  #broken(code: BrokenArrayCode, byteOffset: number): ScannedElement {
    this.#place = 'broken';
    return { kind: 'broken', row: this.#row, byteOffset, code };
  }
}
