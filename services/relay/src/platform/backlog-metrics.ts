import { readInteger } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import { Gauge } from '@consilium/runtime';
import type { Logger, Registry } from '@consilium/runtime';

/** Counting further would cost more than the number is worth. */
const longestCount = 100_000;

const statement = {
  name: 'relay-backlog',
  text: `
    WITH unsequenced AS (
      SELECT pending.stream_id, pending.stream_version FROM journal.pending ORDER BY pending.number LIMIT $1
    ), unpublished AS (
      SELECT greatest(head.last_global_seq - relay.published_global_seq, 0) AS count, relay.published_global_seq
      FROM journal.head CROSS JOIN journal.relay
    ), oldest AS (
      SELECT event.recorded_at
      FROM journal.log JOIN journal.event USING (stream_id, stream_version)
      WHERE log.global_seq = (SELECT unpublished.published_global_seq + 1 FROM unpublished)
      UNION ALL
      (SELECT event.recorded_at
      FROM unsequenced JOIN journal.event USING (stream_id, stream_version)
      LIMIT 1)
    )
    SELECT (SELECT count(*) FROM unsequenced) + (SELECT unpublished.count FROM unpublished) AS backlog,
      coalesce((extract(epoch FROM clock_timestamp() - (SELECT min(oldest.recorded_at) FROM oldest)) * 1000)::bigint, 0)
        AS oldest_ms`,
  values: [longestCount],
};

/** Asked of the database when metrics are scraped, so that a standby tells of a dead active relay too. */
export function addBacklogMetrics(registry: Registry, database: Queryable, logger: Logger): void {
  const oldest = new Gauge({
    name: 'consilium_relay_oldest_pending_seconds',
    help: 'Age of the oldest event that is not on Kafka yet; 0 when all are',
    registers: [registry],
  });
  new Gauge({
    name: 'consilium_relay_backlog',
    help: `Events that are not on Kafka yet, of the unsequenced ones ${longestCount} at most`,
    registers: [registry],
    async collect() {
      try {
        const [row] = await database.query(statement);
        if (row === undefined) return;
        this.set(readInteger(row, 'backlog'));
        oldest.set(Math.max(readInteger(row, 'oldest_ms'), 0) / 1_000);
      } catch (error) {
        // The other metrics are worth most when the database is away.
        logger.debug({ error }, 'the backlog could not be counted');
      }
    },
  });
}
