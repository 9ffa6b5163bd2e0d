/** What is given to a consumer one by one, and what it is told when it was too slow. */
export interface FrameQueueOptions<Item, Frame> {
  readonly longest: number;
  /** Undefined: nothing is sent for this item. */
  readonly frameOf: (item: Item) => Promise<Frame | undefined>;
  /** Without it the newest item takes the place of the last: for frames that say how things are, not what happened. */
  readonly resync?: () => Frame;
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
    const { longest, resync } = this.#options;
    if (this.#items.length < longest) this.#items.push(item);
    else if (resync === undefined) this.#items.splice(-1, 1, item);
    else this.drop();
    this.#wake();
  }

  /** Everything that waits is lost; the consumer is told once. */
  drop(): void {
    this.#items.length = 0;
    this.#isDropping = true;
    this.#wake();
  }

  async next(): Promise<IteratorResult<Frame, undefined>> {
    const { frameOf, resync } = this.#options;
    while (!this.#isClosed) {
      if (this.#isDropping && resync !== undefined) {
        this.#isDropping = false;
        return { done: false, value: resync() };
      }
      const item = this.#items.shift();
      if (item === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const frame = await frameOf(item);
      if (frame !== undefined && !this.#hasClosed()) return { done: false, value: frame };
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

  /** It may have been closed while a frame was made, which the compiler does not see. */
  #hasClosed(): boolean {
    return this.#isClosed;
  }
}
