import type { OutgoingRecord } from './records.ts';

export interface EventPublisher {
  /**
   * Returns when every record was acknowledged by all replicas in sync. Records of one partition arrive in the order
   * given. Where it fails, any first part of them may have arrived: publish the same again, with a new publisher.
   *
   * @throws MessagingUnavailable; PublisherClosed after a failure or close(); InvalidMessagingCall while another call runs
   */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  /** Abandons what is in flight, whose fate is then unknown. May be called twice. */
  close(): Promise<void>;
}
