import { aggregateOf } from '@consilium/domain';
import type { Aggregate } from '@consilium/domain';
import type { IncomingRecord } from '@consilium/messaging';
import { Database, readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';
import {
  activeGeneration,
  canonicalSha256,
  createGeneration,
  dropGeneration,
  ProjectionStore,
} from '@consilium/read-model';
import type { ViewHashes } from '@consilium/read-model';

const recordsPerBatch = 500;

/** Compares the active views with the journal by SQL that knows nothing of the projections; lists what differs. */
export async function viewProblems(database: Queryable): Promise<readonly string[]> {
  const rows = await database.query({
    text: `
      WITH told AS (
        SELECT event.stream_id, right(event.stream_id, 36)::uuid AS case_id, event.event_id, event.type,
          event.stream_version, log.global_seq
        FROM journal.event
        JOIN journal.log ON log.stream_id = event.stream_id AND log.stream_version = event.stream_version
        WHERE event.stream_id LIKE 'case-%'
      ), counting AS (
        -- What counts of a read is what the last event about its content left.
        SELECT last.case_id, count(*) AS reads
        FROM (
          SELECT DISTINCT ON (event.stream_id, convert_from(event.payload_bytes, 'UTF8')::jsonb ->> 'readId')
            right(event.stream_id, 36)::uuid AS case_id, event.type
          FROM journal.event WHERE event.type IN ('externalReadRecorded', 'annotationSubmitted', 'annotationAmended',
            'annotationWithdrawn', 'annotationOutdated')
          ORDER BY event.stream_id, convert_from(event.payload_bytes, 'UTF8')::jsonb ->> 'readId',
            event.stream_version DESC
        ) AS last
        WHERE last.type NOT IN ('annotationWithdrawn', 'annotationOutdated') GROUP BY last.case_id
      ), sums AS (
        -- What holds of a case is what came last of its completions, openings and answers.
        SELECT told.case_id,
          coalesce(max(counting.reads), 0) AS submitted,
          count(*) FILTER (WHERE told.type IN ('consensusReached', 'disagreementFound')) AS decided,
          (array_agg(told.type ORDER BY told.stream_version DESC)
            FILTER (WHERE told.type IN ('readsCompleted', 'readsReopened', 'consensusReached', 'disagreementFound',
              'extraReadRequested', 'adjudicationOpened', 'adjudicationDecided', 'caseFinalised', 'caseReopened')))[1]
            AS progress,
          (array_agg(told.type ORDER BY told.stream_version DESC)
            FILTER (WHERE told.type IN ('caseWithdrawn', 'caseReinstated', 'caseExcluded', 'caseIncluded')))[1] AS presence
        FROM told LEFT JOIN counting ON counting.case_id = told.case_id GROUP BY told.case_id
      )
      SELECT 'event ' || coalesce(told.event_id, shown.event_id) || ': '
          || coalesce(told.type, 'not in the journal') || ' / ' || coalesce(shown.type, 'not in the view') AS problem
        FROM told FULL JOIN read_model.case_event AS shown ON shown.event_id = told.event_id
        WHERE (told.case_id, told.stream_version, told.type, told.global_seq)
          IS DISTINCT FROM (shown.case_id, shown.stream_version, shown.type, shown.global_seq)
      UNION ALL
      SELECT 'case ' || sums.case_id || ': ' || sums.submitted || ' reads, ' || coalesce(sums.presence, sums.progress, 'open')
          || ' / ' || coalesce(shown.reads_submitted::text, 'no row') || ' ' || coalesce(shown.status, '')
        FROM sums FULL JOIN read_model.case_state AS shown ON shown.case_id = sums.case_id
        WHERE shown.reads_submitted IS DISTINCT FROM sums.submitted OR shown.status IS DISTINCT FROM
          CASE WHEN sums.presence = 'caseWithdrawn' THEN 'withdrawn' WHEN sums.presence = 'caseExcluded' THEN 'excluded'
            WHEN sums.progress = 'consensusReached' THEN 'settled'
            WHEN sums.progress = 'disagreementFound' THEN 'disputed' WHEN sums.progress = 'readsCompleted'
            THEN 'awaitingConsensus' WHEN sums.progress = 'adjudicationOpened' THEN 'adjudicating'
            WHEN sums.progress = 'adjudicationDecided' THEN 'adjudicated' WHEN sums.progress = 'caseFinalised'
            THEN 'finalised' ELSE 'reading' END
      UNION ALL
      SELECT 'case ' || sums.case_id || ': ' || sums.submitted || ' reads that count / ' || count(read.read_id) || ' submitted reads'
        FROM sums LEFT JOIN read_model.read ON read.case_id = sums.case_id AND read.status = 'submitted'
          AND read.purpose = 'overlap'
        GROUP BY sums.case_id, sums.submitted HAVING count(read.read_id) <> sums.submitted
      UNION ALL
      SELECT 'case ' || sums.case_id || ': ' || sums.decided || ' consensus events / ' || count(consensus.from_seq) || ' shown'
        FROM sums LEFT JOIN read_model.consensus ON consensus.case_id = sums.case_id
        GROUP BY sums.case_id, sums.decided HAVING count(consensus.from_seq) <> sums.decided
      UNION ALL
      SELECT 'annotator ' || coalesce(told.id, shown.id) || ' is not in both' FROM
        (SELECT right(event.stream_id, 36)::uuid AS id FROM journal.event WHERE event.type = 'annotatorRegistered') AS told
        FULL JOIN (SELECT annotator.annotator_id AS id FROM read_model.annotator) AS shown ON shown.id = told.id
        WHERE told.id IS NULL OR shown.id IS NULL
      UNION ALL
      SELECT 'project ' || coalesce(told.id, shown.id) || ' is not in both' FROM
        (SELECT right(event.stream_id, 36)::uuid AS id FROM journal.event WHERE event.type = 'projectCreated') AS told
        FULL JOIN (SELECT project.project_id AS id FROM read_model.project) AS shown ON shown.id = told.id
        WHERE told.id IS NULL OR shown.id IS NULL`,
  });
  return rows.map((row) => readText(row, 'problem'));
}

/**
 * Every case that was read by all has one consensus; lists those that have not, and those not read by all.
 * @param projectId Of this project alone.
 */
export async function completionProblems(
  database: Queryable,
  readsPerCase: number,
  projectId?: string,
): Promise<readonly string[]> {
  const rows = await database.query({
    text: `SELECT event.stream_id, count(*) FILTER (WHERE event.type = 'annotationSubmitted') AS reads,
        count(*) FILTER (WHERE event.type = 'readsCompleted') AS completed,
        count(*) FILTER (WHERE event.type IN ('consensusReached', 'disagreementFound')) AS decided
      FROM journal.event WHERE event.stream_id LIKE 'case-%' GROUP BY event.stream_id
      HAVING $1::text IS NULL OR bool_or(event.type = 'caseImported'
        AND convert_from(event.payload_bytes, 'UTF8')::jsonb ->> 'projectId' = $1)`,
    values: [projectId ?? null],
  });
  return rows.flatMap((row) => {
    const [reads, completed, decided] = [
      readInteger(row, 'reads'),
      readInteger(row, 'completed'),
      readInteger(row, 'decided'),
    ];
    return reads === readsPerCase && completed === 1 && decided === 1
      ? []
      : [`${readText(row, 'stream_id')}: ${reads} reads, completed ${completed} times, ${decided} consensus events`];
  });
}

/** The hashes of the live views, and of views made anew from these records by the same projections. */
export async function compareWithRebuild(
  databaseUrl: string,
  records: readonly IncomingRecord[],
): Promise<{ readonly live: ViewHashes; readonly rebuilt: ViewHashes }> {
  const database = new Database({
    url: databaseUrl,
    role: 'consilium_projector',
    applicationName: 'consilium-tests',
    poolSize: 2,
  });
  try {
    const generation = await createGeneration(database);
    const store = new ProjectionStore(database, { generation, mostParkedStreams: 0 });
    for (const { topic, partition, batch } of batchesOf(records)) {
      const outcome = await store.apply({ topic, partition, records: batch });
      if (outcome.kind !== 'applied') throw new Error(`${topic} ${partition} has a gap before ${outcome.foundSeq}`);
    }
    const rebuilt = await canonicalSha256(database, generation);
    const live = await canonicalSha256(database, await activeGeneration(database));
    await dropGeneration(database, generation);
    return { live, rebuilt };
  } finally {
    await database.close();
  }
}

interface Batch {
  readonly topic: Aggregate;
  readonly partition: number;
  readonly batch: readonly IncomingRecord[];
}

function batchesOf(records: readonly IncomingRecord[]): readonly Batch[] {
  const byPartition = Map.groupBy(records, ({ topic, partition }) => `${topic} ${partition}`);
  return [...byPartition.values()].flatMap((run) => {
    const [first] = run;
    const topic = first === undefined ? undefined : aggregateOf(first.key);
    if (first === undefined || topic === undefined) return [];
    return Array.from({ length: Math.ceil(run.length / recordsPerBatch) }, (_, index) => ({
      topic,
      partition: first.partition,
      batch: run.slice(index * recordsPerBatch, (index + 1) * recordsPerBatch),
    }));
  });
}
