import { routeOf } from '@consilium/contracts';
import { rootOfEdge, sealCheckpoint } from '@consilium/transparency';
import { examEvents, examLogId, examSize } from './exam-events.ts';
import { signingKeyFor } from './forged-notes.ts';
import { coherent, treeOf } from './log-event.ts';
import { fileOf, headerOf, linesOf } from './log-file.ts';

export const examOrigin = 'consilium.example/exam';
export const examSealedAtATime = 100;
export const examSigningKey = signingKeyFor(examOrigin, 'the log of the exam');

/** The exported log of the exam, made without a database: a test holds it against the one that a database gives. */
export function examFile(): Buffer {
  const events = coherent(
    examEvents().map(({ streamId, encoded }) => ({
      ...routeOf(streamId),
      globalSeq: 0,
      partitionSeq: 0,
      meta: Buffer.from(encoded.metaBytes).toString('utf8'),
      payload: Buffer.from(encoded.payloadBytes).toString('utf8'),
      salt: Buffer.from(encoded.salt),
      streamHash: Buffer.alloc(32),
    })),
  );
  const sizes = Array.from({ length: examSize / examSealedAtATime }, (_, index) => (index + 1) * examSealedAtATime);
  const checkpoints = sizes.map((size) => {
    const root = rootOfEdge(treeOf(events, size).edge);
    return { size, note: sealCheckpoint(undefined, { origin: examOrigin, size, root }, [], [examSigningKey]) };
  });
  return fileOf(linesOf({ header: headerOf(examLogId), events, checkpoints }));
}
