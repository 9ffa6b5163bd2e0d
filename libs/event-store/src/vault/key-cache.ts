interface Entry<Value> {
  readonly value: Value;
  readonly expiresAtMs: number;
}

export interface KeyCacheOptions {
  readonly maxEntries: number;
  readonly ttlMs: number;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly nowMs?: () => number;
}

/** Keeps the most recently used values, each for a limited time: an erased key is forgotten everywhere within `ttlMs`. */
export class KeyCache<Value> {
  readonly #options: Required<KeyCacheOptions>;
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, Entry<Value>>();

  constructor(options: KeyCacheOptions) {
    this.#options = { nowMs: () => performance.now(), ...options };
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.expiresAtMs <= this.#options.nowMs()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  clear(): void {
    this.#entries.clear();
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAtMs: this.#options.nowMs() + this.#options.ttlMs });
    const [leastRecent] = this.#entries.keys();
    if (this.#entries.size > this.#options.maxEntries && leastRecent !== undefined) this.#entries.delete(leastRecent);
  }
}
