import { createHash, type Hash } from 'node:crypto';

interface DigestedRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RecordDigest {
  readonly records: number;
  /** Hex. */
  readonly sha256: string;
}

/** SHA-256 over everything in the records of each partition, in their order: key, headers as they follow each other, value. */
export class RecordDigests {
  readonly #partitions = new Map<string, { readonly hash: Hash; records: number }>();

  add(partition: string, { key, value, headers }: DigestedRecord): void {
    let found = this.#partitions.get(partition);
    if (found === undefined) {
      found = { hash: createHash('sha256'), records: 0 };
      this.#partitions.set(partition, found);
    }
    found.hash.update(textOf(key, headers, value.length));
    found.hash.update(value);
    found.records += 1;
  }

  /** By partition; nothing is added any more. */
  finish(): ReadonlyMap<string, RecordDigest> {
    return new Map(
      [...this.#partitions].map(([name, { hash, records }]) => [name, { records, sha256: hash.digest('hex') }]),
    );
  }
}

/** Lengths first, so that nothing can move from one part into the next, or into the value or the record that follow. */
function textOf(key: string, headers: Readonly<Record<string, string>>, valueBytes: number): string {
  let lengths = `${String(valueBytes)},${String(key.length)}`;
  let text = key;
  for (const name of Object.keys(headers)) {
    const header = headers[name] ?? '';
    lengths += `,${String(name.length)},${String(header.length)}`;
    text += name + header;
  }
  return `${lengths};${text}`;
}
