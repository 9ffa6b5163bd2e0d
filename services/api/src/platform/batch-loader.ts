/**
 * Gathers what the resolvers of one request ask for within one turn of the event loop, and asks once. Lives for one request,
 * so that nobody is given what another may see.
 */
export class BatchLoader<Key, Value> {
  readonly #load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>;
  readonly #loaded = new Map<Key, Promise<Value | undefined>>();
  #waiting: { readonly keys: Key[]; readonly answer: Promise<ReadonlyMap<Key, Value>> } | undefined;

  constructor(load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>) {
    this.#load = load;
  }

  async get(key: Key): Promise<Value | undefined> {
    const known = this.#loaded.get(key) ?? this.#join(key);
    this.#loaded.set(key, known);
    return known;
  }

  async #join(key: Key): Promise<Value | undefined> {
    this.#waiting ??= this.#open();
    this.#waiting.keys.push(key);
    return (await this.#waiting.answer).get(key);
  }

  #open(): { readonly keys: Key[]; readonly answer: Promise<ReadonlyMap<Key, Value>> } {
    const keys: Key[] = [];
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      this.#waiting = undefined;
      return this.#load(keys);
    });
    return { keys, answer };
  }
}
