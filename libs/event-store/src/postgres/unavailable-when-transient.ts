import { isTransient } from '@consilium/postgres';
import { StoreUnavailable } from '../store-errors.ts';

/** Says a passing fault of the database in the words of the store, and lets every other failure through as it is. */
export async function unavailableWhenTransient<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isTransient(error)) throw new StoreUnavailable('the journal cannot be reached', { cause: error });
    throw error;
  }
}
