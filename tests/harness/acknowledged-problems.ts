import { readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import type { Acknowledged } from './continuous-load.ts';
import type { StoredEvent } from './stored-history.ts';

/** What was promised to a client and is not stored exactly once: its command, the events it made, the ids in its answer. */
export async function acknowledgedProblems(
  database: Queryable,
  stored: readonly StoredEvent[],
  acknowledged: readonly Acknowledged[],
): Promise<readonly string[]> {
  const rows = await database.query({
    text: 'SELECT command.command_id::text AS id, count(*) AS count FROM journal.command GROUP BY command.command_id',
  });
  const commands = new Map(rows.map((row) => [readText(row, 'id'), readInteger(row, 'count')]));
  const eventsOf = Map.groupBy(stored, ({ commandId }) => commandId);
  return acknowledged.flatMap(({ kind, commandId, events, ids }) => {
    const name = `${kind} ${commandId}`;
    const made = eventsOf.get(commandId) ?? [];
    const text = made
      .map((event) => `${event.streamId} ${Buffer.from(event.payloadBytes).toString('utf8')}`)
      .join('\n');
    return [
      ...(commands.get(commandId) === 1 ? [] : [`${name} is stored ${commands.get(commandId) ?? 0} times`]),
      ...Object.entries(events).flatMap(([type, count]) => {
        const found = made.filter((event) => event.type === type).length;
        return found === count ? [] : [`${name} left ${found} events ${type}, not ${count}`];
      }),
      ...ids.filter((id) => !text.includes(id)).map((id) => `${name} was answered with ${id}, which no event holds`),
    ];
  });
}
