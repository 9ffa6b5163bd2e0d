-- The two ends of the transaction that applies a batch; between them come the rows of the views.

-- Locks the places of partitions, always in the same order, and gives a row for each. No row: there is no such generation.
CREATE FUNCTION read_model.begin_batch(p_n integer, p_topics text[], p_partitions integer[])
RETURNS TABLE (status text, log_id text, topic text, partition integer, next_seq bigint, next_offset bigint, parked text[])
LANGUAGE plpgsql AS $$
DECLARE
  v_schema text := 'view_' || p_n;
  v_status text;
  v_log_id text;
BEGIN
  PERFORM read_model.lock_generations_shared();
  SELECT generation.status, generation.log_id::text INTO v_status, v_log_id
    FROM read_model.generation WHERE generation.n = p_n;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  -- A generation that nobody reads may lose its last moments in a crash of the server: rows and checkpoint go together.
  IF v_status = 'building' THEN
    PERFORM set_config('synchronous_commit', 'off', true);
  END IF;
  -- Prepared statements keep the plan made when the tables were empty: rows are found by index or the plan is wrong later.
  PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true);
  EXECUTE format('INSERT INTO %1$I.checkpoint (topic, partition)
      SELECT asked.topic, asked.partition FROM unnest($1, $2) AS asked (topic, partition)
      WHERE NOT EXISTS (SELECT FROM %1$I.checkpoint AS c WHERE c.topic = asked.topic AND c.partition = asked.partition)
      ORDER BY asked.topic, asked.partition
      ON CONFLICT DO NOTHING', v_schema)
    USING p_topics, p_partitions;
  RETURN QUERY EXECUTE format($sql$
    SELECT $1, $2, c.topic, c.partition::integer, c.next_seq, c.next_offset,
      CASE WHEN c.parked_streams > 0 THEN ARRAY(
        SELECT p.stream_id FROM %1$I.parked_stream AS p WHERE p.topic = c.topic AND p.partition = c.partition
      ) END
    FROM unnest($3, $4) AS asked (topic, partition)
    JOIN %1$I.checkpoint AS c ON c.topic = asked.topic AND c.partition = asked.partition
    ORDER BY c.topic, c.partition
    FOR UPDATE OF c
  $sql$, v_schema) USING v_status, v_log_id, p_topics, p_partitions;
END $$;

-- Moves the places on and, for the active generation, tells subscribers. Every thousandth number or so, changes beyond the
-- newest 100,000 are dropped.
CREATE FUNCTION read_model.finish_batch(
  p_n integer, p_topics text[], p_partitions integer[], p_next_seqs bigint[], p_next_offsets bigint[],
  p_newly_parked integer[], p_log_id text, p_changes jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_schema text := 'view_' || p_n;
  v_first bigint;
  v_last bigint;
BEGIN
  EXECUTE format('UPDATE %I.checkpoint AS c
      SET next_seq = new.next_seq, next_offset = new.next_offset, parked_streams = c.parked_streams + new.parked
      FROM unnest($1, $2, $3, $4, $5) AS new (topic, partition, next_seq, next_offset, parked)
      WHERE c.topic = new.topic AND c.partition = new.partition', v_schema)
    USING p_topics, p_partitions, p_next_seqs, p_next_offsets, p_newly_parked;
  IF p_log_id IS NOT NULL THEN
    UPDATE read_model.generation SET log_id = p_log_id::uuid WHERE generation.n = p_n AND generation.log_id IS NULL;
  END IF;
  IF p_changes IS NULL THEN
    RETURN;
  END IF;
  PERFORM read_model.lock_feed();
  EXECUTE format($sql$
    WITH told AS (
      INSERT INTO read_model.change
        (feed_id, organisation, project_id, case_id, annotator_id, type, recorded_at_ms, global_seq)
      SELECT nextval('read_model.feed_number'), placed.*
      FROM (
        SELECT new.organisation, coalesce(new.project_id, case_file.project_id) AS project_id, new.case_id,
          new.annotator_id, new.type, new.recorded_at_ms, new.global_seq
        FROM jsonb_to_recordset($1) AS new (organisation uuid, project_id uuid, case_id uuid, annotator_id uuid,
          type text, recorded_at_ms bigint, global_seq bigint)
        LEFT JOIN %I.case_file ON case_file.case_id = new.case_id
        WHERE new.project_id IS NOT NULL OR case_file.project_id IS NOT NULL
        ORDER BY new.global_seq
      ) AS placed
      RETURNING feed_id
    )
    SELECT min(told.feed_id), max(told.feed_id) FROM told
  $sql$, v_schema) INTO v_first, v_last USING p_changes;
  IF v_last / 1000 > (v_first - 1) / 1000 AND v_last > 100000 THEN
    DELETE FROM read_model.change WHERE change.feed_id <= v_last - 100000;
    UPDATE read_model.feed_bound SET dropped_through = v_last - 100000;
  END IF;
END $$;

GRANT EXECUTE ON FUNCTION read_model.begin_batch(integer, text[], integer[]),
  read_model.finish_batch(integer, text[], integer[], bigint[], bigint[], integer[], text, jsonb) TO consilium_projector;
