import { MessagingUnavailable } from '../messaging-errors.ts';
import type { IncomingRecord } from '../records.ts';

export interface InMemoryMember {
  /** Look for records, and at who has which partition. */
  wake(): void;
}

/** What stands for one cluster of brokers: its records, and where its groups are. */
export class InMemoryBroker {
  readonly topics: Map<string, IncomingRecord[][]> = new Map<string, IncomingRecord[][]>();
  readonly groups: Map<string, InMemoryGroup> = new Map<string, InMemoryGroup>();
  /** While false every call fails as MessagingUnavailable. */
  available = true;

  check(): void {
    if (!this.available) throw new MessagingUnavailable('the brokers are away');
  }

  /** Lets every member look for records, and at who has which partition. */
  wake(): void {
    for (const { members } of this.groups.values()) for (const member of members) member.wake();
  }
}

export interface InMemoryGroup {
  readonly members: InMemoryMember[];
  readonly nextOffsets: Map<string, bigint>;
}
