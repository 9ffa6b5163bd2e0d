import type { ClientBase, QueryResult } from 'pg';
import { TransactionRolledBack } from './queryable.ts';
import type { Queryable, Statement, Transaction } from './queryable.ts';
import type { Row } from './row.ts';

export async function runStatement(client: ClientBase, statement: Statement): Promise<QueryResult<Row>> {
  return client.query<Row>({
    text: statement.text,
    ...(statement.name === undefined ? {} : { name: statement.name }),
    ...(statement.values === undefined ? {} : { values: [...statement.values] }),
  });
}

export const queryableOn = (client: ClientBase): Queryable => ({
  query: async (statement) => (await runStatement(client, statement)).rows,
  execute: async (statement) => (await runStatement(client, statement)).rowCount ?? 0,
});

function transactionOn(client: ClientBase): Transaction {
  let depth = 0;
  return {
    ...queryableOn(client),
    savepoint: async (work) => {
      depth += 1;
      const name = `level_${depth}`;
      await client.query(`SAVEPOINT ${name}`);
      try {
        const result = await work();
        await client.query(`RELEASE SAVEPOINT ${name}`);
        return result;
      } catch (error) {
        await client.query(`ROLLBACK TO SAVEPOINT ${name}; RELEASE SAVEPOINT ${name}`);
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
}

/** Runs `work` between BEGIN and COMMIT on a client that nothing else uses meanwhile. */
export async function runTransaction<Result>(
  client: ClientBase,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN');
  let result: Result;
  try {
    result = await work(transactionOn(client));
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      // The connection is gone, and the server rolls back what it had open; the first failure is the one to tell.
    });
    throw error;
  }
  const { command } = await client.query('COMMIT');
  if (command === 'ROLLBACK') throw new TransactionRolledBack();
  return result;
}
