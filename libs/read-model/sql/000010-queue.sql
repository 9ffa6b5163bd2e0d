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

-- As in 000003, and without the cases that are held back because a patient could be recognised.
CREATE OR REPLACE FUNCTION read_model.suggest_cases(p_project_id uuid, p_annotator_id uuid, p_limit integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off
AS $$
DECLARE
  v_organisation uuid := journal.current_organisation();
  v_now timestamptz := statement_timestamp();
BEGIN
  RETURN QUERY
    SELECT queued.case_id
    FROM (
      SELECT case_state.case_id, case_state.protocol_version
      FROM read_model.case_state
      WHERE case_state.project_id = p_project_id AND case_state.status = 'reading'
        AND case_state.organisation = v_organisation
        AND NOT EXISTS (
          SELECT FROM journal.claim AS own
          WHERE own.case_id = case_state.case_id AND own.annotator_id = p_annotator_id
            AND (own.status IN ('submitted', 'skipped') OR (own.status = 'held' AND own.lease_ends_at > v_now))
        )
        AND NOT EXISTS (
          SELECT FROM read_model.case_flag AS flag
          WHERE flag.case_id = case_state.case_id AND flag.status = 'open' AND flag.reason = 'identityVisible'
        )
      ORDER BY case_state.priority DESC, case_state.position, case_state.case_id
      -- Keeps the counting below from being done for every case before the annotator's own are left out.
      OFFSET 0
    ) AS queued
    WHERE (
      SELECT protocol.reads_per_case FROM read_model.protocol
      WHERE protocol.project_id = p_project_id AND protocol.protocol_version = queued.protocol_version
    ) > (
      SELECT count(*) FROM journal.claim AS taken
      WHERE taken.case_id = queued.case_id
        AND (taken.status = 'submitted' OR (taken.status = 'held' AND taken.lease_ends_at > v_now))
    )
    LIMIT p_limit;
END $$;
