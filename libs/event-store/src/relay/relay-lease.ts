export interface HeldRelayLease {
  /** Larger than that of every earlier holder. */
  readonly epoch: number;
  /** Everything up to this place was acknowledged by Kafka. */
  readonly publishedGlobalSeq: number;
}

/** One relay at a time: whoever holds the lease works, the others ask again and again. By Postgres's clock. */
export interface RelayLease {
  /** Undefined while another holder's lease lasts. Taking it fences every earlier epoch. */
  acquire(holder: string, leaseMs: number): Promise<HeldRelayLease | undefined>;
  /** False when another relay has taken over: stop at once. */
  renew(epoch: number, leaseMs: number): Promise<boolean>;
  /** Lets a standby take over without waiting for the end of the lease. */
  release(epoch: number): Promise<void>;
  /** Moves the cursor, never back. False when another relay has taken over: stop at once. */
  advance(epoch: number, publishedGlobalSeq: number): Promise<boolean>;
}
