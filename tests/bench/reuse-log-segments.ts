import { Database } from '@consilium/postgres';

/** 640 MB of log, more than any part writes between two checkpoints. */
const segments = 40;

/**
 * A new cluster creates each 16 MB segment of its write-ahead log when it first needs it, and every commit waits until that
 * is on disk. A server that has run for a day reuses old ones. This brings the cluster of the run to that state, for ours
 * and the peers alike.
 */
export async function reuseLogSegments(databaseUrl: string): Promise<void> {
  const database = new Database({ url: databaseUrl, applicationName: 'consilium-bench', poolSize: 1 });
  try {
    for (let segment = 0; segment < segments; segment += 1) {
      // A segment in which nothing stands is not left behind.
      await database.query({ text: "SELECT pg_logical_emit_message(false, 'consilium-bench', '')" });
      await database.query({ text: 'SELECT pg_switch_wal()' });
    }
    // Keeps for reuse about as much as was written since the last checkpoint.
    await database.execute({ text: 'CHECKPOINT' });
  } finally {
    await database.close();
  }
}
