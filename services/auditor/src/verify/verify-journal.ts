import type { JournalAudit, JournalCounters } from '@consilium/event-store';
import type { ReportProblem } from '../history/history-source.ts';

const mostNamed = 100;

/** What the log cannot say of itself: events beside it, and counters that are not where it ends. */
export async function verifyJournal(
  audit: JournalAudit,
  counters: JournalCounters,
  eventsInLog: number,
  report: ReportProblem,
): Promise<void> {
  for (const { streamId, streamVersion } of await audit.eventsWithoutPlace(mostNamed)) {
    report({
      where: 'journal',
      code: 'EVENT_WITHOUT_PLACE',
      subject: `${streamId} version ${String(streamVersion)}`,
      message: 'it is in the journal, has no number in the log and does not wait for one',
    });
  }
  if (counters.placesBeforeFirst > 0) {
    report({
      where: 'log',
      code: 'PLACE_BEFORE_FIRST',
      subject: 'journal.log',
      message: `it has ${String(counters.placesBeforeFirst)} rows with a number below 1`,
    });
  }
  if (counters.lastGlobalSeq !== eventsInLog) {
    report({
      where: 'log',
      code: 'COUNTER_DIFFERS',
      subject: 'journal.head',
      message: `it says ${String(counters.lastGlobalSeq)} events, the log has ${String(eventsInLog)}`,
    });
  }
  for (const { topic, partition, lastSeq, foundLastSeq } of counters.partitions) {
    if (lastSeq === foundLastSeq) continue;
    report({
      where: 'log',
      code: 'COUNTER_DIFFERS',
      subject: `journal.partition_head ${topic} ${String(partition)}`,
      message: `it says ${String(lastSeq)}, the log has ${String(foundLastSeq)}`,
    });
  }
}
