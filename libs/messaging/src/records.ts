/** A record on its way to Kafka. The place is the sender's choice: it was fixed when the event was stored. */
export interface OutgoingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface IncomingRecord extends OutgoingRecord {
  /** Decimal, larger than that of every earlier record of the partition. */
  readonly offset: string;
  /** As the sender set it, in milliseconds since 1970. */
  readonly timestampMs: number;
}

export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}
