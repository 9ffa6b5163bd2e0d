import { jest } from '@jest/globals';
import { Database } from '@consilium/postgres';

/** How many statements and transactions this process sends to Postgres during `work`; they are carried out as ever. */
export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const counted =
    <Given extends readonly unknown[], Result>(run: (...given: Given) => Result) =>
    (...given: Given): Result => {
      count += 1;
      return run(...given);
    };
  const { forOrganisation, query, execute, transaction } = Database.prototype;
  const spies = [
    jest.spyOn(Database.prototype, 'forOrganisation').mockImplementation(function (this: Database, organisation) {
      const session = forOrganisation.call(this, organisation);
      return {
        query: counted(async (statement) => session.query(statement)),
        execute: counted(async (statement) => session.execute(statement)),
        transaction: async (run) => counted(async () => session.transaction(run))(),
      };
    }),
    jest.spyOn(Database.prototype, 'query').mockImplementation(function (this: Database, statement) {
      return counted(async () => query.call(this, statement))();
    }),
    jest.spyOn(Database.prototype, 'execute').mockImplementation(function (this: Database, statement) {
      return counted(async () => execute.call(this, statement))();
    }),
    jest.spyOn(Database.prototype, 'transaction').mockImplementation(async function <Result>(
      this: Database,
      run: Parameters<typeof transaction<Result>>[0],
    ) {
      return counted(async () => transaction.call(this, run) as Promise<Result>)();
    }),
  ];
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return count;
}
