-- Appending, loading and renewing: one function, one round trip and one transaction each.
--
-- Their plans are fixed to the look-ups that they always are: left to itself the server would plan each statement anew at
-- every call (a quarter of the cost of an append, when measured), and might scan a table that was small when it first looked.

CREATE FUNCTION journal.instant_of(p_epoch_ms bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_timestamp(p_epoch_ms / 1000.0);

CREATE FUNCTION journal.epoch_ms(p_instant timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN floor(extract(epoch FROM p_instant) * 1000)::bigint;

-- What an earlier run of this command left: {"kind": "repeated", "answer": ...}, {"kind": "commandMismatch"} where it was
-- another request, NULL where there was none.
CREATE FUNCTION journal.stored_answer(p_organisation uuid, p_actor_id text, p_command_id uuid, p_request_hash bytea)
RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT CASE
        WHEN command.request_hash = p_request_hash THEN json_build_object('kind', 'repeated', 'answer', command.answer)
        ELSE json_build_object('kind', 'commandMismatch')
      END
    FROM journal.command
    WHERE command.organisation = p_organisation
      AND command.actor_id = p_actor_id
      AND command.command_id = p_command_id
  );
END $$;

CREATE FUNCTION journal.conflict(p_stream_id text, p_actual_version integer) RETURNS text
LANGUAGE sql STABLE
RETURN json_build_object('kind', 'conflict', 'streamId', p_stream_id, 'actualVersion', p_actual_version);

-- What renewals change: the sum of the ends of the leases held on a case. Leases only grow, so equal sums mean that none was
-- renewed between a load and the append that was decided upon it.
CREATE FUNCTION journal.held_leases(p_case_id uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(journal.epoch_ms(claim.lease_ends_at)), 0)
    FROM journal.claim WHERE claim.case_id = p_case_id AND claim.status = 'held'
  );
END $$;

-- The ordinary command: one event on one stream, and at most one claim. NULL when it was appended, else JSON: what
-- stored_answer gives, or {"kind": "conflict", "streamId": ..., "actualVersion": ...}. One text instead of columns, because
-- the server would work out the type of a row at every call.
CREATE FUNCTION journal.append_one(
  p_organisation uuid, p_actor_id text, p_command_id uuid, p_request_hash bytea, p_answer text,
  p_stream_id text, p_expected_version integer, p_topic text, p_partition smallint,
  p_case_id uuid, p_held_leases bigint,
  p_annotator_id uuid, p_project_id uuid, p_claim_id uuid, p_status text, p_lease_ends_at_ms bigint,
  p_event_id uuid, p_type text, p_schema_version smallint, p_recorded_at_ms bigint,
  p_meta bytea, p_payload bytea, p_salt bytea
) RETURNS text
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
  v_locked boolean;
  v_owner uuid;
  v_version integer;
  v_hash bytea;
  v_payload_hash bytea;
  v_next integer := p_expected_version + 1;
BEGIN
  IF octet_length(p_meta) + octet_length(p_payload) > 262144 OR octet_length(p_salt) <> 16
    OR octet_length(p_request_hash) <> 32 THEN
    RAISE EXCEPTION 'an event or a hash has a wrong size' USING ERRCODE = 'CS003';
  END IF;

  -- An assignment, because PERFORM would start the executor for it.
  v_locked := pg_advisory_xact_lock(hashtextextended(p_stream_id, 0)) IS NULL;

  SELECT event.organisation, event.stream_version, event.stream_hash INTO v_owner, v_version, v_hash
    FROM journal.event WHERE event.stream_id = p_stream_id ORDER BY event.stream_version DESC LIMIT 1;
  IF v_owner IS NULL THEN
    v_version := 0;
    v_hash := sha256('consilium/stream/v1\000'::bytea || convert_to(p_stream_id, 'UTF8'));
  ELSIF v_owner <> p_organisation THEN
    RAISE EXCEPTION 'the stream belongs to another organisation' USING ERRCODE = 'CS003';
  END IF;
  IF v_version <> p_expected_version
    OR (p_held_leases IS NOT NULL AND p_held_leases <> journal.held_leases(p_case_id)) THEN
    RETURN coalesce(
      journal.stored_answer(p_organisation, p_actor_id, p_command_id, p_request_hash),
      journal.conflict(p_stream_id, v_version)
    );
  END IF;

  -- The same command may be running on another stream: this waits for it, and then finds its answer.
  INSERT INTO journal.command (organisation, actor_id, command_id, request_hash, answer, streams)
    VALUES (p_organisation, p_actor_id, p_command_id, p_request_hash, p_answer,
      jsonb_build_array(jsonb_build_object('streamId', p_stream_id, 'version', v_next)))
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN journal.stored_answer(p_organisation, p_actor_id, p_command_id, p_request_hash);
  END IF;

  v_payload_hash := sha256('consilium/payload/v1\000'::bytea || p_salt || p_payload);
  v_hash := sha256('consilium/link/v1\000'::bytea || v_hash || v_payload_hash || p_meta);
  INSERT INTO journal.event (stream_id, stream_version, event_id, organisation, recorded_at, schema_version, type, salt,
      payload_hash, stream_hash, meta_bytes, payload_bytes)
    VALUES (p_stream_id, v_next, p_event_id, p_organisation, journal.instant_of(p_recorded_at_ms), p_schema_version, p_type,
      p_salt, v_payload_hash, v_hash, p_meta, p_payload);
  INSERT INTO journal.pending (stream_id, stream_version, organisation, topic, partition)
    VALUES (p_stream_id, v_next, p_organisation, p_topic, p_partition);
  IF p_claim_id IS NOT NULL THEN
    INSERT INTO journal.claim AS claim (case_id, annotator_id, organisation, project_id, claim_id, status, lease_ends_at)
      VALUES (p_case_id, p_annotator_id, p_organisation, p_project_id, p_claim_id, p_status::journal.claim_status,
        journal.instant_of(p_lease_ends_at_ms))
      ON CONFLICT (case_id, annotator_id) DO UPDATE
        SET claim_id = excluded.claim_id, status = excluded.status, lease_ends_at = excluded.lease_ends_at;
  END IF;
  RETURN NULL;
END $$;

-- The link of an event to those before it in its stream, which is `p_start` for the first that is linked.
CREATE FUNCTION journal.link_to(p_hash bytea, p_start bytea, p_payload_hash bytea, p_meta bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN sha256('consilium/link/v1\000'::bytea || coalesce(p_hash, p_start) || p_payload_hash || p_meta);
END $$;

-- Over the events of one stream in their order: where its chain of hashes stands after each.
CREATE AGGREGATE journal.linked_hash(p_start bytea, p_payload_hash bytea, p_meta bytea) (
  SFUNC = journal.link_to, STYPE = bytea
);

-- Several appends to one stream each, as append_one, in one transaction and few statements: their outcomes in the same order,
-- or NULL when all were appended. First what each append has, then what each event has and the place (from 1) of the append
-- that it belongs to. An error in one undoes all. No command and no stream may come twice; commands come in order of their
-- ids, so that two batches that share some never wait for each other in a circle.
CREATE FUNCTION journal.append_batch(
  p_organisation uuid, p_actor_ids text[], p_command_ids uuid[], p_request_hashes bytea[], p_answers text[],
  p_stream_ids text[], p_expected_versions integer[], p_topics text[], p_partitions smallint[],
  p_case_ids uuid[], p_held_leases bigint[],
  p_annotator_ids uuid[], p_project_ids uuid[], p_claim_ids uuid[], p_statuses text[], p_lease_ends_at_ms bigint[],
  p_places integer[], p_event_ids uuid[], p_types text[], p_schema_versions smallint[], p_recorded_at_ms bigint[],
  p_metas bytea[], p_payloads bytea[], p_salts bytea[]
) RETURNS text[]
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
  v_count integer := cardinality(p_command_ids);
  v_versions integer[];
  v_appended integer[];
  v_outcomes text[];
  v_is_broken boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(keys.lock_key)
    FROM (
      SELECT DISTINCT hashtextextended(asked.stream_id, 0) AS lock_key
      FROM unnest(p_stream_ids) AS asked (stream_id) ORDER BY 1
    ) keys;

  WITH asked AS MATERIALIZED (
    SELECT given.*, coalesce(last.stream_version, 0) AS version, last.organisation AS owner,
      coalesce(last.stream_hash, sha256('consilium/stream/v1\000'::bytea || convert_to(given.stream_id, 'UTF8'))) AS hash,
      cardinality(array_positions(p_places, given.place::integer)) AS event_count
    FROM unnest(p_actor_ids, p_command_ids, p_request_hashes, p_answers, p_stream_ids, p_expected_versions, p_topics,
        p_partitions, p_case_ids, p_held_leases, p_annotator_ids, p_project_ids, p_claim_ids, p_statuses, p_lease_ends_at_ms)
      WITH ORDINALITY
      AS given (actor_id, command_id, request_hash, answer, stream_id, expected_version, topic, partition, case_id,
        held_leases, annotator_id, project_id, claim_id, status, lease_ends_at_ms, place)
    LEFT JOIN LATERAL (
      SELECT event.organisation, event.stream_version, event.stream_hash
      FROM journal.event WHERE event.stream_id = given.stream_id ORDER BY event.stream_version DESC LIMIT 1
    ) AS last ON true
  ),
  answered AS (
    INSERT INTO journal.command (organisation, actor_id, command_id, request_hash, answer, streams)
    SELECT p_organisation, asked.actor_id, asked.command_id, asked.request_hash, asked.answer,
      jsonb_build_array(jsonb_build_object('streamId', asked.stream_id,
        'version', asked.expected_version + asked.event_count))
    FROM asked
    WHERE asked.version = asked.expected_version
      AND (asked.held_leases IS NULL OR asked.held_leases = journal.held_leases(asked.case_id))
    ORDER BY asked.place
    ON CONFLICT DO NOTHING
    RETURNING command.actor_id, command.command_id
  ),
  accepted AS (
    SELECT asked.* FROM asked JOIN answered USING (actor_id, command_id)
  ),
  written AS MATERIALIZED (
    SELECT given.*, sha256('consilium/payload/v1\000'::bytea || given.salt || given.payload) AS payload_hash
    FROM unnest(p_places, p_event_ids, p_types, p_schema_versions, p_recorded_at_ms, p_metas, p_payloads, p_salts)
      WITH ORDINALITY
      AS given (place, event_id, type, schema_version, recorded_at_ms, meta, payload, salt, number)
  ),
  linked AS MATERIALIZED (
    SELECT written.*, accepted.stream_id, accepted.topic, accepted.partition,
      (accepted.expected_version + row_number() OVER of_stream)::integer AS stream_version,
      journal.linked_hash(accepted.hash, written.payload_hash, written.meta) OVER of_stream AS stream_hash
    FROM written JOIN accepted ON accepted.place = written.place
    WINDOW of_stream AS (PARTITION BY accepted.place ORDER BY written.number)
  ),
  stored AS (
    INSERT INTO journal.event (stream_id, stream_version, event_id, organisation, recorded_at, schema_version, type, salt,
      payload_hash, stream_hash, meta_bytes, payload_bytes)
    SELECT linked.stream_id, linked.stream_version, linked.event_id, p_organisation,
      journal.instant_of(linked.recorded_at_ms), linked.schema_version, linked.type, linked.salt, linked.payload_hash,
      linked.stream_hash, linked.meta, linked.payload
    FROM linked
  ),
  waiting AS (
    -- In order, because the order of their numbers is that of the log.
    INSERT INTO journal.pending (stream_id, stream_version, organisation, topic, partition)
    SELECT linked.stream_id, linked.stream_version, p_organisation, linked.topic, linked.partition
    FROM linked ORDER BY linked.number
  ),
  claimed AS (
    INSERT INTO journal.claim AS claim (case_id, annotator_id, organisation, project_id, claim_id, status, lease_ends_at)
    SELECT accepted.case_id, accepted.annotator_id, p_organisation, accepted.project_id, accepted.claim_id,
      accepted.status::journal.claim_status, journal.instant_of(accepted.lease_ends_at_ms)
    FROM accepted WHERE accepted.claim_id IS NOT NULL
    ON CONFLICT (case_id, annotator_id) DO UPDATE
      SET claim_id = excluded.claim_id, status = excluded.status, lease_ends_at = excluded.lease_ends_at
  ),
  broken AS (
    SELECT count(*) AS event_count FROM written
    WHERE octet_length(written.meta) + octet_length(written.payload) > 262144 OR octet_length(written.salt) <> 16
  )
  SELECT array_agg(asked.version ORDER BY asked.place),
      array_agg(asked.place ORDER BY asked.place) FILTER (WHERE accepted.place IS NOT NULL),
      bool_or(asked.owner <> p_organisation OR octet_length(asked.request_hash) <> 32 OR asked.event_count = 0)
        OR sum(asked.event_count) <> cardinality(p_places) OR (SELECT broken.event_count FROM broken) > 0
    INTO v_versions, v_appended, v_is_broken
    FROM asked LEFT JOIN accepted ON accepted.place = asked.place;

  IF v_is_broken THEN
    RAISE EXCEPTION 'a stream belongs to another organisation, or an event, a hash or a place is wrong'
      USING ERRCODE = 'CS003';
  END IF;
  IF cardinality(v_appended) = v_count THEN
    RETURN NULL;
  END IF;
  v_outcomes := array_fill(NULL::text, ARRAY[v_count]);
  FOR i IN 1..v_count LOOP
    IF NOT i = ANY (coalesce(v_appended, '{}')) THEN
      v_outcomes[i] := coalesce(
        journal.stored_answer(p_organisation, p_actor_ids[i], p_command_ids[i], p_request_hashes[i]),
        journal.conflict(p_stream_ids[i], v_versions[i])
      );
    END IF;
  END LOOP;
  RETURN v_outcomes;
END $$;

-- Any number of streams, events and claims. Streams come as parallel arrays; `p_event_counts` says how many of the events,
-- in their order, belong to each. The answer is that of append_one; nothing is written unless everything is.
CREATE FUNCTION journal.append_many(
  p_organisation uuid, p_actor_id text, p_command_id uuid, p_request_hash bytea, p_answer text,
  p_stream_ids text[], p_expected_versions integer[], p_topics text[], p_partitions smallint[], p_event_counts integer[],
  p_event_ids uuid[], p_types text[], p_schema_versions smallint[], p_recorded_at_ms bigint[],
  p_metas bytea[], p_payloads bytea[], p_salts bytea[],
  p_seen_case_ids uuid[], p_held_leases bigint[],
  p_case_ids uuid[], p_annotator_ids uuid[], p_project_ids uuid[], p_claim_ids uuid[], p_statuses text[],
  p_lease_ends_at_ms bigint[]
) RETURNS text
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
  v_event_count integer := cardinality(p_event_ids);
  v_owners uuid[];
  v_versions integer[];
  v_hashes bytea[];
  v_event_streams integer[] := array_fill(0, ARRAY[v_event_count]);
  v_event_versions integer[] := array_fill(0, ARRAY[v_event_count]);
  v_payload_hashes bytea[] := array_fill(''::bytea, ARRAY[v_event_count]);
  v_stream_hashes bytea[] := array_fill(''::bytea, ARRAY[v_event_count]);
  v_next integer := 1;
  v_hash bytea;
  v_conflict text;
BEGIN
  -- In order of the keys, so that two writers of the same streams never wait for each other in a circle.
  PERFORM pg_advisory_xact_lock(keys.lock_key)
    FROM (
      SELECT DISTINCT hashtextextended(asked.stream_id, 0) AS lock_key
      FROM unnest(p_stream_ids) AS asked (stream_id) ORDER BY 1
    ) keys;

  SELECT coalesce(array_agg(last.organisation ORDER BY asked.place), '{}'),
      coalesce(array_agg(coalesce(last.stream_version, 0) ORDER BY asked.place), '{}'),
      coalesce(array_agg(coalesce(last.stream_hash,
        sha256('consilium/stream/v1\000'::bytea || convert_to(asked.stream_id, 'UTF8'))) ORDER BY asked.place), '{}')
    INTO v_owners, v_versions, v_hashes
    FROM unnest(p_stream_ids) WITH ORDINALITY AS asked (stream_id, place)
    LEFT JOIN LATERAL (
      SELECT event.organisation, event.stream_version, event.stream_hash
      FROM journal.event WHERE event.stream_id = asked.stream_id ORDER BY event.stream_version DESC LIMIT 1
    ) AS last ON true;

  FOR s IN 1..cardinality(p_stream_ids) LOOP
    IF v_owners[s] <> p_organisation THEN
      RAISE EXCEPTION 'a stream belongs to another organisation' USING ERRCODE = 'CS003';
    END IF;
    IF v_conflict IS NULL AND v_versions[s] <> p_expected_versions[s] THEN
      v_conflict := journal.conflict(p_stream_ids[s], v_versions[s]);
    END IF;
  END LOOP;
  FOR c IN 1..cardinality(p_seen_case_ids) LOOP
    IF v_conflict IS NULL AND p_held_leases[c] <> journal.held_leases(p_seen_case_ids[c]) THEN
      v_conflict := journal.conflict(p_stream_ids[s], v_versions[s])
        FROM array_position(p_stream_ids, 'case-' || p_seen_case_ids[c]) AS s;
    END IF;
  END LOOP;
  IF v_conflict IS NOT NULL THEN
    RETURN coalesce(journal.stored_answer(p_organisation, p_actor_id, p_command_id, p_request_hash), v_conflict);
  END IF;

  INSERT INTO journal.command (organisation, actor_id, command_id, request_hash, answer, streams)
    SELECT p_organisation, p_actor_id, p_command_id, p_request_hash, p_answer,
      coalesce(jsonb_agg(jsonb_build_object('streamId', ends.stream_id, 'version', ends.version + ends.event_count)
        ORDER BY ends.place), '[]')
    FROM unnest(p_stream_ids, p_expected_versions, p_event_counts) WITH ORDINALITY
      AS ends (stream_id, version, event_count, place)
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN journal.stored_answer(p_organisation, p_actor_id, p_command_id, p_request_hash);
  END IF;

  FOR s IN 1..cardinality(p_stream_ids) LOOP
    v_hash := v_hashes[s];
    FOR e IN 1..p_event_counts[s] LOOP
      IF octet_length(p_metas[v_next]) + octet_length(p_payloads[v_next]) > 262144
        OR octet_length(p_salts[v_next]) <> 16 THEN
        RAISE EXCEPTION 'an event has a wrong size' USING ERRCODE = 'CS003';
      END IF;
      v_event_streams[v_next] := s;
      v_event_versions[v_next] := p_expected_versions[s] + e;
      v_payload_hashes[v_next] := sha256('consilium/payload/v1\000'::bytea || p_salts[v_next] || p_payloads[v_next]);
      v_hash := sha256('consilium/link/v1\000'::bytea || v_hash || v_payload_hashes[v_next] || p_metas[v_next]);
      v_stream_hashes[v_next] := v_hash;
      v_next := v_next + 1;
    END LOOP;
  END LOOP;
  IF v_next <> v_event_count + 1 OR octet_length(p_request_hash) <> 32 THEN
    RAISE EXCEPTION 'the event counts or a hash are wrong' USING ERRCODE = 'CS003';
  END IF;

  INSERT INTO journal.event (stream_id, stream_version, event_id, organisation, recorded_at, schema_version, type, salt,
      payload_hash, stream_hash, meta_bytes, payload_bytes)
    SELECT p_stream_ids[new.s], new.stream_version, new.event_id, p_organisation, journal.instant_of(new.recorded_at_ms),
      new.schema_version, new.type, new.salt, new.payload_hash, new.stream_hash, new.meta_bytes, new.payload_bytes
    FROM unnest(v_event_streams, v_event_versions, p_event_ids, p_recorded_at_ms, p_schema_versions, p_types, p_salts,
        v_payload_hashes, v_stream_hashes, p_metas, p_payloads)
      AS new (s, stream_version, event_id, recorded_at_ms, schema_version, type, salt, payload_hash, stream_hash,
        meta_bytes, payload_bytes);
  INSERT INTO journal.pending (stream_id, stream_version, organisation, topic, partition)
    SELECT p_stream_ids[new.s], new.stream_version, p_organisation, p_topics[new.s], p_partitions[new.s]
    FROM unnest(v_event_streams, v_event_versions) WITH ORDINALITY AS new (s, stream_version, place)
    ORDER BY new.place;
  IF cardinality(p_case_ids) > 0 THEN
    INSERT INTO journal.claim AS claim (case_id, annotator_id, organisation, project_id, claim_id, status, lease_ends_at)
      SELECT change.case_id, change.annotator_id, p_organisation, change.project_id, change.claim_id,
        change.status::journal.claim_status,
        journal.instant_of(change.lease_ends_at_ms)
      FROM unnest(p_case_ids, p_annotator_ids, p_project_ids, p_claim_ids, p_statuses, p_lease_ends_at_ms)
        AS change (case_id, annotator_id, project_id, claim_id, status, lease_ends_at_ms)
      ON CONFLICT (case_id, annotator_id) DO UPDATE
        SET claim_id = excluded.claim_id, status = excluded.status, lease_ends_at = excluded.lease_ends_at;
  END IF;
  RETURN NULL;
END $$;

-- Everything that decisions need, of one snapshot: a row 'now', a row 'command' for each of the asked commands that was
-- answered before, and the events (by stream and version) and claims of the asked streams.
CREATE FUNCTION journal.load(
  p_organisation uuid, p_stream_ids text[], p_case_ids uuid[], p_actor_ids text[], p_command_ids uuid[]
)
RETURNS TABLE (
  kind text, instant_ms bigint, stream_id text, stream_version integer, event_id uuid, type text, schema_version smallint,
  salt bytea, payload_hash bytea, stream_hash bytea, meta_bytes bytea, payload_bytes bytea,
  actor_id text, command_id uuid, request_hash bytea, answer text, streams text,
  case_id uuid, annotator_id uuid, project_id uuid, claim_id uuid, status text
)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  -- First the rows that give the columns their types.
  (SELECT 'event', journal.epoch_ms(event.recorded_at), event.stream_id, event.stream_version, event.event_id, event.type,
    event.schema_version, event.salt, event.payload_hash, event.stream_hash, event.meta_bytes, event.payload_bytes,
    NULL::text, NULL::uuid, NULL::bytea, NULL::text, NULL::text, NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, NULL::text
    FROM journal.event
    WHERE event.stream_id = ANY (p_stream_ids) AND event.organisation = p_organisation
    ORDER BY event.stream_id, event.stream_version)
  UNION ALL
  SELECT 'now', journal.epoch_ms(clock_timestamp()), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  UNION ALL
  SELECT 'command', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    known.actor_id, known.command_id, known.request_hash, known.answer, known.streams::text, NULL, NULL, NULL, NULL, NULL
    FROM unnest(p_actor_ids, p_command_ids) AS asked (actor_id, command_id)
    -- One look-up for each: as a plain join it might scan the table instead.
    CROSS JOIN LATERAL (
      SELECT command.* FROM journal.command
      WHERE command.organisation = p_organisation
        AND command.actor_id = asked.actor_id
        AND command.command_id = asked.command_id
      LIMIT 1
    ) AS known
  UNION ALL
  SELECT 'claim', journal.epoch_ms(claim.lease_ends_at), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, claim.case_id, claim.annotator_id, claim.project_id, claim.claim_id, claim.status::text
    FROM journal.claim
    WHERE claim.case_id = ANY (p_case_ids) AND claim.organisation = p_organisation;
END $$;

-- Extends a lease that is live at this moment; the new end in epoch milliseconds, or NULL. It takes the stream's lock, so
-- that an append which decided upon the old end either comes first or sees the change (see held_leases).
CREATE FUNCTION journal.renew_lease(
  p_organisation uuid, p_case_id uuid, p_annotator_id uuid, p_claim_id uuid, p_lease_ms integer
) RETURNS bigint
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
  v_lease_ends_at_ms bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('case-' || p_case_id, 0));
  UPDATE journal.claim
    SET lease_ends_at = greatest(claim.lease_ends_at,
      date_trunc('milliseconds', clock_timestamp()) + p_lease_ms * interval '1 millisecond')
    WHERE claim.case_id = p_case_id
      AND claim.annotator_id = p_annotator_id
      AND claim.organisation = p_organisation
      AND claim.claim_id = p_claim_id
      AND claim.status = 'held'
      AND claim.lease_ends_at > clock_timestamp()
    RETURNING journal.epoch_ms(claim.lease_ends_at) INTO v_lease_ends_at_ms;
  RETURN v_lease_ends_at_ms;
END $$;
