/** Gives committed events their final places in the log. Only the holder of the newest relay epoch may. */
export interface Sequencer {
  /**
   * Sequences up to `limit` (1 to 10,000) pending events and gives their number; 0 when there was none to see. Events of
   * transactions that are still open come later, without holding up the others.
   * @throws EpochFenced, StoreUnavailable
   */
  sequence(epoch: number, limit: number): Promise<number>;
}
