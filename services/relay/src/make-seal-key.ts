/**
 * `node services/relay/dist/make-seal-key.js FILE`: makes a file with a new key that signs checkpoints, unless one is there,
 * and prints what others need to verify them: one verifier key (C2SP signed-note) a line, its name being the log's origin.
 */
import { formatNoteKey } from '@consilium/transparency';
import { ensureSealKeyFile } from './sealing/seal-key-file.ts';

const [, , path] = process.argv;
try {
  if (path === undefined) throw new Error('name the file: make-seal-key.js FILE');
  for (const { key } of (await ensureSealKeyFile(path)).keys) process.stdout.write(`${formatNoteKey(key)}\n`);
} catch (error) {
  process.stderr.write(`make-seal-key: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
