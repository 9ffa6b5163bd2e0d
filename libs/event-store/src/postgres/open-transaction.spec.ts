import type { Session, Transaction } from '@consilium/postgres';

/** A transaction whose end the test decides. */
export interface OpenTransaction {
  readonly transaction: Transaction;
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}

class RolledBack extends Error {}

export async function openTransaction(session: Session): Promise<OpenTransaction> {
  const opened = Promise.withResolvers<Transaction>();
  const decided = Promise.withResolvers<'commit' | 'rollBack'>();
  const ended = session
    .transaction(async (transaction) => {
      opened.resolve(transaction);
      if ((await decided.promise) === 'rollBack') throw new RolledBack();
    })
    .catch((error: unknown) => {
      opened.reject(error);
      if (!(error instanceof RolledBack)) throw error;
    });
  const end = async (decision: 'commit' | 'rollBack'): Promise<void> => {
    decided.resolve(decision);
    await ended;
  };
  return {
    transaction: await opened.promise,
    commit: async () => end('commit'),
    rollBack: async () => end('rollBack'),
  };
}
