-- What a lead is asked about: annotations that came after their lease had ended and found their place taken, and flags. One
-- row each; it changes once, when somebody has decided.
CREATE FUNCTION read_model.create_queue_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    CREATE TABLE %1$I.late_annotation (
      case_id uuid NOT NULL,
      annotation_id uuid NOT NULL,
      organisation uuid NOT NULL,
      read_id uuid NOT NULL,
      annotator_id uuid NOT NULL,
      claim_id uuid NOT NULL,
      -- 'kept', 'accepted' or 'declined'.
      status text COLLATE "C" NOT NULL,
      event_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      payload bytea STORAGE EXTERNAL NOT NULL,
      PRIMARY KEY (case_id, annotation_id)
    );
    CREATE INDEX late_annotation_kept ON %1$I.late_annotation (organisation, recorded_at_ms, annotation_id)
      WHERE status = 'kept';

    CREATE TABLE %1$I.case_flag (
      case_id uuid NOT NULL,
      flag_id uuid NOT NULL,
      organisation uuid NOT NULL,
      -- Whose claim it was flagged under; NULL where somebody else flagged it.
      annotator_id uuid,
      actor_id text NOT NULL,
      actor_role text COLLATE "C" NOT NULL,
      reason text COLLATE "C" NOT NULL,
      -- 'open' or 'resolved'.
      status text COLLATE "C" NOT NULL,
      event_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      detail jsonb,
      PRIMARY KEY (case_id, flag_id)
    );
    CREATE INDEX case_flag_open ON %1$I.case_flag (organisation, recorded_at_ms, flag_id) WHERE status = 'open';
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_queue_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_queue_tables', ARRAY['late_annotation', 'case_flag']);
