import { readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';

/** Makes this transaction, which has asked nothing yet, a snapshot for reading, and gives the name by which others join it. */
export async function openSnapshot(transaction: Queryable): Promise<string> {
  await transaction.execute({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
  const [row] = await transaction.query({ text: 'SELECT pg_export_snapshot() AS id' });
  if (row === undefined) throw new Error('the snapshot has no name');
  return readText(row, 'id');
}

/** The same for one more connection, while the transaction that opened it goes on. */
export async function joinSnapshot(transaction: Queryable, id: string): Promise<void> {
  if (!/^[0-9A-Fa-f-]+$/.test(id)) throw new Error('that is no name of a snapshot');
  await transaction.execute({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' });
  await transaction.execute({ text: `SET TRANSACTION SNAPSHOT '${id}'` });
}
