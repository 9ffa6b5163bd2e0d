-- History beside the current state: of everything that changes, a row for each state it has had, from the number of the event
-- in the log that made it (docs/adr/0008). A row is only ever added, so a state holds until the next row of the same thing.
--
-- `shape` says what a generation has: 2 has these rows from its first event on. A generation that was there before gets the
-- tables, and rows from now on: it serves the present as it did, and nothing of the past is asked of it. The projector builds
-- one of the new shape beside it, which then takes its place.

ALTER TABLE read_model.generation ADD COLUMN shape integer NOT NULL DEFAULT 1;

CREATE FUNCTION read_model.history_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN ARRAY['project_version', 'annotator_version', 'case_version', 'sentence_version', 'annotation_version',
  'region_version'];

CREATE FUNCTION read_model.create_history_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table text;
BEGIN
  EXECUTE format($ddl$
    CREATE TABLE %1$I.project_version (
      project_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      -- NULL between the two events of its creation.
      protocol_version integer,
      event_id uuid NOT NULL,
      actor_id text NOT NULL,
      actor_role text COLLATE "C" NOT NULL,
      recorded_at_ms bigint NOT NULL,
      PRIMARY KEY (project_id, from_seq)
    );

    CREATE TABLE %1$I.annotator_version (
      annotator_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      project_id uuid NOT NULL,
      person_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      PRIMARY KEY (annotator_id, from_seq)
    );

    CREATE TABLE %1$I.case_version (
      case_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      status text COLLATE "C" NOT NULL,
      PRIMARY KEY (case_id, from_seq)
    );

    CREATE TABLE %1$I.sentence_version (
      sentence_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      case_id uuid NOT NULL,
      version integer NOT NULL,
      PRIMARY KEY (sentence_id, from_seq)
    );

    -- An annotation is the same through its revisions; a read that was withdrawn has a row without a payload.
    CREATE TABLE %1$I.annotation_version (
      case_id uuid NOT NULL,
      read_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      annotator_id uuid NOT NULL,
      claim_id uuid NOT NULL,
      annotation_id uuid NOT NULL,
      revision integer NOT NULL,
      counts boolean NOT NULL,
      event_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      payload bytea STORAGE EXTERNAL,
      PRIMARY KEY (case_id, read_id, from_seq)
    ) WITH (toast_tuple_target = 8160);
    CREATE INDEX annotation_version_of ON %1$I.annotation_version (annotation_id, from_seq);

    CREATE TABLE %1$I.region_version (
      region_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      case_id uuid NOT NULL,
      read_id uuid NOT NULL,
      PRIMARY KEY (region_id, from_seq)
    );
  $ddl$, p_schema);
  FOREACH v_table IN ARRAY read_model.history_tables() LOOP
    EXECUTE format($ddl$
      GRANT SELECT ON %1$I.%2$I TO consilium_api;
      GRANT SELECT, INSERT, UPDATE, DELETE ON %1$I.%2$I TO consilium_projector;
      ALTER TABLE %1$I.%2$I ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own_organisation ON %1$I.%2$I TO consilium_api
        USING (organisation = journal.current_organisation());
      CREATE POLICY every_organisation ON %1$I.%2$I TO consilium_projector USING (true) WITH CHECK (true);
    $ddl$, p_schema, v_table);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_history_tables(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION read_model.create_generation() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_n integer;
BEGIN
  LOCK TABLE read_model.generation IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(generation.n), 0) + 1 INTO v_n FROM read_model.generation;
  INSERT INTO read_model.generation (n, status, shape) VALUES (v_n, 'building', 2);
  PERFORM read_model.create_tables('view_' || v_n);
  PERFORM read_model.extend_parking('view_' || v_n);
  PERFORM read_model.create_history_tables('view_' || v_n);
  RETURN v_n;
END $$;

CREATE OR REPLACE FUNCTION read_model.show_generation(p_n integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table text;
BEGIN
  UPDATE read_model.generation SET status = 'retired' WHERE generation.status = 'active' AND generation.n <> p_n;
  UPDATE read_model.generation SET status = 'active' WHERE generation.n = p_n;
  FOREACH v_table IN ARRAY read_model.view_tables() || read_model.history_tables() || ARRAY['checkpoint', 'parked_stream'] LOOP
    EXECUTE format('CREATE OR REPLACE VIEW read_model.%1$I WITH (security_invoker = true) AS SELECT * FROM %2$I.%1$I',
      v_table, 'view_' || p_n);
  END LOOP;
END $$;

-- Whether readers see everything of the log up to a number, whosever it is: in no partition is the next event to be shown one
-- of those. Streams that are parked count as seen: who asks about one is told by itself.
CREATE FUNCTION read_model.has_passed(p_seq bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (
    SELECT FROM journal.partition_head AS ends
    LEFT JOIN read_model.checkpoint AS c ON c.topic = ends.topic AND c.partition = ends.partition
    JOIN journal.log ON log.topic = ends.topic AND log.partition = ends.partition
      AND log.partition_seq = coalesce(c.next_seq, 1)
    WHERE log.global_seq <= p_seq
  )
$$;

-- The last number before anything that was recorded after an instant. An event is recorded before it gets its number, by the
-- same clock, so nothing recorded later has a place before the first number given later: that one is found by halving, and the
-- answer a few rows on.
CREATE FUNCTION read_model.seq_before(p_instant_ms bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_instant timestamptz := journal.instant_of(p_instant_ms);
  v_last bigint;
  v_low bigint := 1;
  v_high bigint;
  v_middle bigint;
  v_found bigint;
BEGIN
  SELECT head.last_global_seq INTO v_last FROM journal.head;
  v_high := v_last + 1;
  WHILE v_low < v_high LOOP
    v_middle := (v_low + v_high) / 2;
    IF (SELECT log.sequenced_at FROM journal.log WHERE log.global_seq = v_middle) > v_instant THEN
      v_high := v_middle;
    ELSE
      v_low := v_middle + 1;
    END IF;
  END LOOP;
  SELECT log.global_seq INTO v_found FROM journal.log
    CROSS JOIN LATERAL (
      SELECT event.recorded_at FROM journal.event
      WHERE event.stream_id = log.stream_id AND event.stream_version = log.stream_version LIMIT 1
    ) AS event
    WHERE log.global_seq >= v_low AND event.recorded_at > v_instant
    ORDER BY log.global_seq LIMIT 1;
  RETURN coalesce(v_found - 1, v_last);
END $$;

REVOKE EXECUTE ON FUNCTION read_model.has_passed(bigint), read_model.seq_before(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.has_passed(bigint), read_model.seq_before(bigint) TO consilium_api;

DO $$
DECLARE
  v_generation record;
BEGIN
  FOR v_generation IN SELECT generation.n, generation.status FROM read_model.generation LOOP
    PERFORM read_model.create_history_tables('view_' || v_generation.n);
    -- A log that nothing was published of yet has no past to miss.
    IF NOT EXISTS (SELECT FROM journal.log) THEN
      UPDATE read_model.generation SET shape = 2 WHERE generation.n = v_generation.n;
    END IF;
    IF v_generation.status = 'active' THEN
      PERFORM read_model.show_generation(v_generation.n);
    END IF;
  END LOOP;
END $$;
GRANT SELECT ON ALL TABLES IN SCHEMA read_model TO consilium_api, consilium_projector;
