/** What is given to a consumer one by one, and what it is told when it was too slow. */
export interface FrameQueueOptions<Item, Frame> {
  readonly longest: number;
  /** Undefined: nothing is sent for this item. */
  readonly frameOf: (item: Item) => Promise<Frame | undefined>;
  readonly resync: () => Frame;
  readonly onClose: () => void;
}

/**
 * An asynchronous iterator with a bounded queue behind it. When the consumer falls behind, what waits is dropped and one
 * resync frame takes its place. Written out rather than as a generator: `return` of a generator that waits for its next
 * item waits too, and the listener behind it would stay for ever.
 */
export class FrameQueue<Item, Frame> implements AsyncIterableIterator<Frame> {
  readonly #options: FrameQueueOptions<Item, Frame>;
  readonly #items: Item[] = [];
  #isDropping = false;
  #isClosed = false;
  #wake = (): void => undefined;

  constructor(options: FrameQueueOptions<Item, Frame>) {
    this.#options = options;
  }

  push(item: Item): void {
    if (this.#isClosed) return;
    if (this.#items.length >= this.#options.longest) this.drop();
    else this.#items.push(item);
    this.#wake();
  }

  /** Everything that waits is lost; the consumer is told once. */
  drop(): void {
    this.#items.length = 0;
    this.#isDropping = true;
    this.#wake();
  }

  async next(): Promise<IteratorResult<Frame, undefined>> {
    while (!this.#isClosed) {
      if (this.#isDropping) {
        this.#isDropping = false;
        return { done: false, value: this.#options.resync() };
      }
      const item = this.#items.shift();
      if (item === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const frame = await this.#options.frameOf(item);
      if (frame !== undefined) return { done: false, value: frame };
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Frame, undefined>> {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#items.length = 0;
      this.#options.onClose();
      this.#wake();
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
