import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instant, StreamId } from '@consilium/domain';
import type { EncodedEvent } from '@consilium/contracts';
import { newAppend, newCaseStream, newEvent, newOrganisation } from '../contract/journal-fixture.spec.ts';
import { findUnansweredReadsCompleted } from './find-unanswered.ts';
import { openPostgresJournal } from './postgres-journal-fixture.spec.ts';
import type { PostgresJournal } from './postgres-journal-fixture.spec.ts';

let journal: PostgresJournal;

beforeAll(async () => {
  journal = await openPostgresJournal();
});

afterAll(async () => {
  await journal.close();
});

const organisations = [newOrganisation(), newOrganisation()] as const;

async function history(index: 0 | 1, ...events: readonly EncodedEvent[]): Promise<StreamId> {
  const streamId = newCaseStream();
  const writes = [{ streamId, expectedVersion: 0, events }];
  await journal.store.append(newAppend({ organisation: organisations[index], writes }));
  return streamId;
}

const long = (type: string): EncodedEvent => newEvent(type);
const justNow = (type: string): EncodedEvent => ({ ...newEvent(type), recordedAt: Date.now() as Instant });

describe('findUnansweredReadsCompleted', () => {
  it('finds completed reads that no consensus event answers and nothing opened again, of every organisation', async () => {
    await history(0, long('caseImported'), long('annotationSubmitted'));
    await history(0, long('readsCompleted'), long('consensusReached'));
    await history(0, long('readsCompleted'), long('readClaimed'), long('disagreementFound'));
    const asked = await history(0, long('caseImported'), long('readsCompleted'), long('readClaimed'));
    const again = await history(1, long('readsCompleted'), long('readsReopened'), long('readsCompleted'));
    await history(0, long('readsCompleted'), long('annotationWithdrawn'), long('readsReopened'));
    await history(1, justNow('readsCompleted'));

    const quality = journal.connect('consilium_quality');
    const found = await findUnansweredReadsCompleted(quality, { limit: 10, olderThanMs: 60_000 });
    const expected = [
      { organisation: organisations[0], streamId: asked, streamVersion: 2 },
      { organisation: organisations[1], streamId: again, streamVersion: 3 },
    ].toSorted((a, b) => (a.streamId < b.streamId ? -1 : 1));
    expect(found).toHaveLength(2);
    expect(found).toMatchObject(expected);
    await expect(findUnansweredReadsCompleted(quality, { limit: 1, olderThanMs: 60_000 })).resolves.toHaveLength(1);
    await expect(findUnansweredReadsCompleted(quality, { limit: 10, olderThanMs: 0 })).resolves.toHaveLength(3);
  });
});
