import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { parseNote } from './signed-note.ts';

/** What a signed note states of a log, **whoever signed it**; undefined for what is no note or no checkpoint. */
export function checkpointIn(note: Uint8Array | string): Checkpoint | undefined {
  const reading = parseNote(typeof note === 'string' ? Buffer.from(note, 'utf8') : note);
  return reading.kind === 'note' ? readCheckpoint(reading.note.text) : undefined;
}
