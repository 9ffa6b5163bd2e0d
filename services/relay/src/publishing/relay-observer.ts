/** Told what the relay does, for metrics and health. Must not throw. */
export interface RelayObserver {
  /** A poll of the lease that another relay holds. */
  standingBy(): void;
  tookOver(epoch: number): void;
  steppedDown(): void;
  /** One turn of the loop came to its end. */
  turned(): void;
  published(count: number, seconds: number): void;
  /** A passing fault; the relay tries again. */
  failed(error: unknown): void;
}
