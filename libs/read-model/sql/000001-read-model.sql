-- Views of the log, made from Kafka alone. The tables of one generation live in a schema of their own, `view_<n>`, all made
-- by one function; readers use the SQL views in `read_model`, which show the active generation. A new generation is built
-- beside it and takes its place in one transaction.
--
-- Order of locks, the same for everybody: the generation lock (shared to apply a batch, exclusive to switch), the row of the
-- checkpoint, the rows of the views, and last the feed lock, held until the commit: so numbers of the change feed become
-- visible in their order.

CREATE SCHEMA read_model;

CREATE TABLE read_model.generation (
  n integer PRIMARY KEY CHECK (n > 0),
  status text COLLATE "C" NOT NULL CHECK (status IN ('building', 'active', 'retired')),
  -- The log it is built from; set by its first batch.
  log_id uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX one_active_generation ON read_model.generation (status) WHERE status = 'active';

-- What changed, for subscribers: the newest 100,000 or so. Written by the active generation only.
CREATE SEQUENCE read_model.feed_number AS bigint NO CYCLE CACHE 1;
CREATE TABLE read_model.change (
  feed_id bigint PRIMARY KEY,
  organisation uuid NOT NULL,
  project_id uuid NOT NULL,
  case_id uuid,
  annotator_id uuid,
  type text COLLATE "C" NOT NULL,
  recorded_at_ms bigint NOT NULL,
  global_seq bigint NOT NULL
);
-- Whoever has read less than this has missed something.
CREATE TABLE read_model.feed_bound (
  one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  dropped_through bigint NOT NULL DEFAULT 0
);
INSERT INTO read_model.feed_bound DEFAULT VALUES;

-- 'cons' 'gene' and 'cons' 'feed' as numbers.
CREATE FUNCTION read_model.lock_generations() RETURNS void
LANGUAGE sql AS $$ SELECT pg_advisory_xact_lock(1668247155, 1734700645) $$;
CREATE FUNCTION read_model.lock_generations_shared() RETURNS void
LANGUAGE sql AS $$ SELECT pg_advisory_xact_lock_shared(1668247155, 1734700645) $$;
CREATE FUNCTION read_model.lock_feed() RETURNS void
LANGUAGE sql AS $$ SELECT pg_advisory_xact_lock(1668247155, 1717921124) $$;

-- The tables that readers see, in the order in which a batch is written.
CREATE FUNCTION read_model.view_tables() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN ARRAY['project', 'protocol', 'annotator', 'case_file', 'case_state', 'read', 'consensus', 'case_event'];

-- The template of a generation. What is known of a case when it comes in never changes and is wide (case_file); what changes
-- is narrow and has room for its next version on the same page (case_state). `payload` is the payload of the event that made
-- the row, in the current schema version: JSON in UTF-8, its texts sealed, so it is neither parsed nor compressed here.
CREATE FUNCTION read_model.create_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table text;
BEGIN
  EXECUTE format($ddl$
    CREATE SCHEMA %1$I;

    CREATE TABLE %1$I.checkpoint (
      topic text COLLATE "C" NOT NULL,
      partition smallint NOT NULL,
      next_seq bigint NOT NULL DEFAULT 1,
      next_offset bigint NOT NULL DEFAULT 0,
      parked_streams integer NOT NULL DEFAULT 0,
      PRIMARY KEY (topic, partition)
    ) WITH (fillfactor = 20);

    -- A stream of which an event could not be shown, and all its events since. No content: an error may quote it.
    CREATE TABLE %1$I.parked_stream (
      stream_id text COLLATE "C" PRIMARY KEY,
      topic text COLLATE "C" NOT NULL,
      partition smallint NOT NULL,
      first_seq bigint NOT NULL,
      error_class text NOT NULL,
      error_code text,
      parked_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE %1$I.parked_event (
      topic text COLLATE "C" NOT NULL,
      partition smallint NOT NULL,
      partition_seq bigint NOT NULL,
      kafka_offset bigint NOT NULL,
      stream_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (topic, partition, partition_seq)
    );

    CREATE TABLE %1$I.project (
      project_id uuid PRIMARY KEY,
      organisation uuid NOT NULL,
      name text NOT NULL,
      -- NULL between the two events of its creation.
      protocol_version integer,
      created_at_ms bigint NOT NULL
    );
    CREATE INDEX project_in_order ON %1$I.project (organisation, created_at_ms, project_id);

    CREATE TABLE %1$I.protocol (
      project_id uuid NOT NULL,
      protocol_version integer NOT NULL,
      organisation uuid NOT NULL,
      reads_per_case integer NOT NULL,
      body jsonb NOT NULL,
      adopted_at_ms bigint NOT NULL,
      PRIMARY KEY (project_id, protocol_version)
    );

    CREATE TABLE %1$I.annotator (
      annotator_id uuid PRIMARY KEY,
      organisation uuid NOT NULL,
      project_id uuid NOT NULL,
      person_id uuid NOT NULL,
      registered_at_ms bigint NOT NULL
    );
    CREATE INDEX annotator_of_project ON %1$I.annotator (project_id, person_id);

    CREATE TABLE %1$I.case_file (
      case_id uuid PRIMARY KEY,
      organisation uuid NOT NULL,
      project_id uuid NOT NULL,
      subject_id uuid NOT NULL,
      protocol_version integer NOT NULL,
      imported_event_id uuid NOT NULL,
      imported_at_ms bigint NOT NULL,
      payload bytea STORAGE EXTERNAL NOT NULL
    ) WITH (toast_tuple_target = 8160);

    CREATE TABLE %1$I.case_state (
      case_id uuid PRIMARY KEY,
      organisation uuid NOT NULL,
      project_id uuid NOT NULL,
      protocol_version integer NOT NULL,
      position integer NOT NULL,
      priority integer NOT NULL,
      status text COLLATE "C" NOT NULL,
      reads_submitted integer NOT NULL
    ) WITH (fillfactor = 70);
    CREATE INDEX case_in_order ON %1$I.case_state (project_id, position, case_id);
    CREATE INDEX case_by_status ON %1$I.case_state (project_id, status, position, case_id);
    CREATE INDEX case_in_queue ON %1$I.case_state (project_id, priority DESC, position, case_id)
      INCLUDE (protocol_version, organisation) WHERE status = 'reading';

    CREATE TABLE %1$I.read (
      case_id uuid NOT NULL,
      read_id uuid NOT NULL,
      organisation uuid NOT NULL,
      annotator_id uuid NOT NULL,
      claim_id uuid NOT NULL,
      status text COLLATE "C" NOT NULL,
      claimed_at_ms bigint NOT NULL,
      revision integer,
      annotation_id uuid,
      submitted_event_id uuid,
      submitted_at_ms bigint,
      payload bytea STORAGE EXTERNAL,
      PRIMARY KEY (case_id, read_id)
    ) WITH (toast_tuple_target = 8160);

    CREATE TABLE %1$I.consensus (
      case_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      consensus_id uuid NOT NULL,
      outcome text COLLATE "C" NOT NULL,
      event_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      payload bytea STORAGE EXTERNAL NOT NULL,
      PRIMARY KEY (case_id, from_seq)
    ) WITH (toast_tuple_target = 8160);

    CREATE TABLE %1$I.case_event (
      case_id uuid NOT NULL,
      stream_version integer NOT NULL,
      organisation uuid NOT NULL,
      event_id uuid NOT NULL,
      type text COLLATE "C" NOT NULL,
      actor_id text NOT NULL,
      actor_role text COLLATE "C" NOT NULL,
      read_id uuid,
      annotator_id uuid,
      recorded_at_ms bigint NOT NULL,
      global_seq bigint NOT NULL,
      detail jsonb,
      PRIMARY KEY (case_id, stream_version)
    );

    GRANT USAGE ON SCHEMA %1$I TO consilium_api, consilium_projector;
    GRANT SELECT ON ALL TABLES IN SCHEMA %1$I TO consilium_api;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$I TO consilium_projector;
  $ddl$, p_schema);

  FOREACH v_table IN ARRAY read_model.view_tables() LOOP
    EXECUTE format($ddl$
      ALTER TABLE %1$I.%2$I ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own_organisation ON %1$I.%2$I TO consilium_api
        USING (organisation = journal.current_organisation());
      CREATE POLICY every_organisation ON %1$I.%2$I TO consilium_projector USING (true) WITH CHECK (true);
    $ddl$, p_schema, v_table);
  END LOOP;
END $$;

-- Makes the tables of the next generation and gives its number.
CREATE FUNCTION read_model.create_generation() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_n integer;
BEGIN
  LOCK TABLE read_model.generation IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(generation.n), 0) + 1 INTO v_n FROM read_model.generation;
  INSERT INTO read_model.generation (n, status) VALUES (v_n, 'building');
  PERFORM read_model.create_tables('view_' || v_n);
  RETURN v_n;
END $$;

-- Lets readers see generation `p_n`, in the calling transaction. The columns are named by the server when the view is made.
CREATE FUNCTION read_model.show_generation(p_n integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table text;
BEGIN
  UPDATE read_model.generation SET status = 'retired' WHERE generation.status = 'active' AND generation.n <> p_n;
  UPDATE read_model.generation SET status = 'active' WHERE generation.n = p_n;
  FOREACH v_table IN ARRAY read_model.view_tables() || ARRAY['checkpoint', 'parked_stream'] LOOP
    EXECUTE format('CREATE OR REPLACE VIEW read_model.%1$I WITH (security_invoker = true) AS SELECT * FROM %2$I.%1$I',
      v_table, 'view_' || p_n);
  END LOOP;
END $$;

-- Takes the switch to a generation that has seen at least as much of every partition as the active one: 'switched', or
-- 'behind' where it has not. No batch of either is open meanwhile. What the new one has seen and the old one has not was
-- never told to subscribers, so it is told now; the journal knows it.
CREATE FUNCTION read_model.switch_generation(p_n integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_status text;
  v_active integer;
  v_behind boolean;
BEGIN
  PERFORM read_model.lock_generations();
  SELECT generation.status INTO v_status FROM read_model.generation WHERE generation.n = p_n;
  IF v_status = 'active' THEN
    RETURN 'switched';
  END IF;
  IF v_status IS DISTINCT FROM 'building' THEN
    RAISE EXCEPTION 'generation % is not being built', p_n USING ERRCODE = 'CS010';
  END IF;
  SELECT generation.n INTO v_active FROM read_model.generation WHERE generation.status = 'active';
  IF v_active IS NOT NULL THEN
    EXECUTE format('SELECT EXISTS (
      SELECT FROM %I.checkpoint AS old
      LEFT JOIN %I.checkpoint AS new ON new.topic = old.topic AND new.partition = old.partition
      WHERE coalesce(new.next_seq, 1) < old.next_seq)', 'view_' || v_active, 'view_' || p_n) INTO v_behind;
    IF v_behind THEN
      RETURN 'behind';
    END IF;
    PERFORM read_model.lock_feed();
    EXECUTE format($sql$
      INSERT INTO read_model.change
        (feed_id, organisation, project_id, case_id, annotator_id, type, recorded_at_ms, global_seq)
      SELECT nextval('read_model.feed_number'), untold.*
      FROM (
        SELECT log.organisation,
          coalesce(case_file.project_id, annotator.project_id, project.project_id) AS project_id,
          case_file.case_id, coalesce(case_event.annotator_id, annotator.annotator_id) AS annotator_id,
          event.type, floor(extract(epoch FROM event.recorded_at) * 1000)::bigint AS recorded_at_ms, log.global_seq
        FROM %2$I.checkpoint AS new
        LEFT JOIN %1$I.checkpoint AS old ON old.topic = new.topic AND old.partition = new.partition
        JOIN journal.log ON log.topic = new.topic AND log.partition = new.partition
          AND log.partition_seq >= coalesce(old.next_seq, 1) AND log.partition_seq < new.next_seq
        JOIN journal.event ON event.stream_id = log.stream_id AND event.stream_version = log.stream_version
        LEFT JOIN %2$I.case_file ON log.topic = 'case' AND case_file.case_id = right(log.stream_id, 36)::uuid
        LEFT JOIN %2$I.case_event ON case_event.case_id = case_file.case_id
          AND case_event.stream_version = log.stream_version
        LEFT JOIN %2$I.annotator ON log.topic = 'annotator' AND annotator.annotator_id = right(log.stream_id, 36)::uuid
        LEFT JOIN %2$I.project ON log.topic = 'project' AND project.project_id = right(log.stream_id, 36)::uuid
        ORDER BY log.global_seq
      ) AS untold
      WHERE untold.project_id IS NOT NULL
    $sql$, 'view_' || v_active, 'view_' || p_n);
  END IF;
  PERFORM read_model.show_generation(p_n);
  RETURN 'switched';
END $$;

-- Removes a generation nobody reads. A process that still builds it ends with an error.
CREATE FUNCTION read_model.drop_generation(p_n integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM read_model.lock_generations();
  DELETE FROM read_model.generation WHERE generation.n = p_n AND generation.status <> 'active';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'generation % does not exist or is active', p_n USING ERRCODE = 'CS010';
  END IF;
  EXECUTE format('DROP SCHEMA %I CASCADE', 'view_' || p_n);
END $$;

-- The feed of all organisations, for a process that serves all of them and filters by itself.
CREATE FUNCTION read_model.feed_tail(p_after bigint, p_limit integer)
RETURNS SETOF read_model.change
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT change.* FROM read_model.change WHERE change.feed_id > p_after ORDER BY change.feed_id LIMIT p_limit
$$;
CREATE FUNCTION read_model.feed_end() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT greatest(
    (SELECT coalesce(max(change.feed_id), 0) FROM read_model.change),
    (SELECT feed_bound.dropped_through FROM read_model.feed_bound))
$$;

REVOKE EXECUTE ON FUNCTION read_model.create_tables(text), read_model.create_generation(),
  read_model.show_generation(integer), read_model.switch_generation(integer), read_model.drop_generation(integer),
  read_model.feed_tail(bigint, integer), read_model.feed_end() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.create_generation(), read_model.switch_generation(integer),
  read_model.drop_generation(integer) TO consilium_projector;
GRANT EXECUTE ON FUNCTION read_model.feed_tail(bigint, integer), read_model.feed_end() TO consilium_api;

SELECT read_model.show_generation(read_model.create_generation());

GRANT USAGE ON SCHEMA read_model TO consilium_api, consilium_projector;
GRANT SELECT ON ALL TABLES IN SCHEMA read_model TO consilium_api, consilium_projector;
GRANT UPDATE (log_id) ON read_model.generation TO consilium_projector;
GRANT INSERT, DELETE ON read_model.change TO consilium_projector;
GRANT UPDATE (dropped_through) ON read_model.feed_bound TO consilium_projector;
GRANT USAGE ON SEQUENCE read_model.feed_number TO consilium_projector;

ALTER TABLE read_model.change ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON read_model.change TO consilium_api
  USING (organisation = journal.current_organisation());
CREATE POLICY every_organisation ON read_model.change TO consilium_projector USING (true) WITH CHECK (true);

-- What an annotator holds now is asked of the journal, by annotator. Renewals stay cheap: they touch no indexed column.
CREATE INDEX claim_held ON journal.claim (annotator_id, project_id) WHERE status = 'held';
