-- Cases that a lead has given to named annotators (docs/adr/0016).
CREATE FUNCTION read_model.create_assignment_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    CREATE TABLE %1$I.case_assignment (
      case_id uuid NOT NULL,
      annotator_id uuid NOT NULL,
      organisation uuid NOT NULL,
      is_assigned boolean NOT NULL,
      from_seq bigint NOT NULL,
      PRIMARY KEY (case_id, annotator_id)
    );
    CREATE INDEX case_assignment_of ON %1$I.case_assignment (annotator_id, case_id) WHERE is_assigned;
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_assignment_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_assignment_tables', ARRAY['case_assignment']);

-- Cases that this annotator was given and has not read, in queue order; also one that became gold since, which they cannot be told by its
-- staying away. Only a suggestion: the case's decider decides.
--
-- Whoever was given few has those looked through; among many the first of the queue are soon found. Which is better the planner cannot
-- know of one annotator: by an average it went through a whole queue for somebody who was given nothing.
CREATE FUNCTION read_model.suggest_of_few_assigned(
  p_project_id uuid, p_annotator_id uuid, p_limit integer, p_language text, p_priority_at_least integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  v_organisation uuid := journal.current_organisation();
  v_now timestamptz := statement_timestamp();
BEGIN
  RETURN QUERY
    WITH mine AS MATERIALIZED (
      SELECT given.case_id FROM read_model.case_assignment AS given
      WHERE given.annotator_id = p_annotator_id AND given.is_assigned AND given.organisation = v_organisation
        AND NOT EXISTS (
          SELECT FROM journal.claim AS own
          WHERE own.case_id = given.case_id AND own.annotator_id IS NOT DISTINCT FROM p_annotator_id
            AND (own.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated', 'answeredGold', 'reviewing', 'reviewed')
              OR (own.status IN ('held', 'answeringGold') AND own.lease_ends_at > v_now))
        )
    ), unread AS MATERIALIZED (
      SELECT case_state.case_id, case_state.priority, case_state.position
      FROM mine
      JOIN read_model.case_state ON case_state.case_id = mine.case_id
      WHERE case_state.project_id = p_project_id AND case_state.organisation = v_organisation
        AND case_state.status = 'reading' AND case_state.priority >= p_priority_at_least
        AND (p_language IS NULL OR (p_language = 'es' AND case_state.is_in_es) OR (p_language = 'en' AND case_state.is_in_en))
        AND NOT EXISTS (
          SELECT FROM read_model.case_flag AS flag
          WHERE flag.case_id = case_state.case_id AND flag.status = 'open' AND flag.reason = 'identityVisible'
        )
    )
    SELECT unread.case_id FROM unread
    ORDER BY unread.priority DESC, unread.position, unread.case_id
    LIMIT p_limit;
END $$;

CREATE FUNCTION read_model.suggest_of_many_assigned(
  p_project_id uuid, p_annotator_id uuid, p_limit integer, p_language text, p_priority_at_least integer
) RETURNS SETOF uuid
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
    SELECT case_state.case_id
    FROM read_model.case_state
    WHERE case_state.project_id = p_project_id AND case_state.organisation = v_organisation
      AND case_state.status = 'reading' AND case_state.priority >= p_priority_at_least
      AND (p_language IS NULL OR (p_language = 'es' AND case_state.is_in_es) OR (p_language = 'en' AND case_state.is_in_en))
      AND (
        SELECT given.is_assigned FROM read_model.case_assignment AS given
        WHERE given.case_id = case_state.case_id AND given.annotator_id = p_annotator_id
      )
      AND NOT EXISTS (
        SELECT FROM journal.claim AS own
        WHERE own.case_id = case_state.case_id AND own.annotator_id IS NOT DISTINCT FROM p_annotator_id
          AND (own.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated', 'answeredGold', 'reviewing', 'reviewed')
            OR (own.status IN ('held', 'answeringGold') AND own.lease_ends_at > v_now))
      )
      AND NOT EXISTS (
        SELECT FROM read_model.case_flag AS flag
        WHERE flag.case_id = case_state.case_id AND flag.status = 'open' AND flag.reason = 'identityVisible'
      )
    ORDER BY case_state.priority DESC, case_state.position, case_state.case_id
    LIMIT p_limit;
END $$;

CREATE FUNCTION read_model.suggest_assigned(
  p_project_id uuid, p_annotator_id uuid, p_limit integer, p_language text, p_priority_at_least integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_few constant integer := 2000;
  v_given integer;
BEGIN
  SELECT count(*) INTO v_given FROM (
    SELECT FROM read_model.case_assignment AS given
    WHERE given.annotator_id = p_annotator_id AND given.is_assigned AND given.organisation = journal.current_organisation()
    LIMIT v_few + 1
  ) AS counted;
  IF v_given > v_few THEN
    RETURN QUERY SELECT * FROM read_model.suggest_of_many_assigned(
      p_project_id, p_annotator_id, p_limit, p_language, p_priority_at_least);
  ELSIF v_given > 0 THEN
    RETURN QUERY SELECT * FROM read_model.suggest_of_few_assigned(
      p_project_id, p_annotator_id, p_limit, p_language, p_priority_at_least);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION read_model.suggest_of_few_assigned(uuid, uuid, integer, text, integer),
  read_model.suggest_of_many_assigned(uuid, uuid, integer, text, integer),
  read_model.suggest_assigned(uuid, uuid, integer, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.suggest_assigned(uuid, uuid, integer, text, integer) TO consilium_api;

-- As before, without the places that are kept for others. What is gone past are cases with a place: behind many full ones those in line would
-- all be given the same.
CREATE OR REPLACE FUNCTION read_model.suggest_cases(
  p_project_id uuid, p_annotator_id uuid, p_limit integer, p_language text, p_priority_at_least integer,
  p_skip integer
) RETURNS SETOF uuid
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
      SELECT case_state.case_id, case_state.protocol_version, case_state.extra_reads
      FROM read_model.case_state
      WHERE case_state.project_id = p_project_id AND case_state.status = 'reading'
        AND case_state.organisation = v_organisation
        AND case_state.priority >= p_priority_at_least
        AND (p_language IS NULL OR (p_language = 'es' AND case_state.is_in_es) OR (p_language = 'en' AND case_state.is_in_en))
        AND NOT EXISTS (
          SELECT FROM journal.claim AS own
          WHERE own.case_id = case_state.case_id
            -- Equal, said so that it is found by the case: by the annotator, all that they have ever claimed are gone through for every case.
            AND own.annotator_id IS NOT DISTINCT FROM p_annotator_id
            AND (own.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated', 'answeredGold', 'reviewing', 'reviewed')
              OR (own.status IN ('held', 'answeringGold') AND own.lease_ends_at > v_now))
        )
        AND NOT EXISTS (
          SELECT FROM read_model.case_flag AS flag
          WHERE flag.case_id = case_state.case_id AND flag.status = 'open' AND flag.reason = 'identityVisible'
        )
        AND NOT EXISTS (SELECT FROM read_model.gold WHERE gold.case_id = case_state.case_id AND gold.is_active)
      ORDER BY case_state.priority DESC, case_state.position, case_state.case_id
      -- Keeps the counting below from being done for every case before the annotator's own are left out.
      OFFSET 0
    ) AS queued
    WHERE (
      SELECT protocol.reads_per_case FROM read_model.protocol
      WHERE protocol.project_id = p_project_id AND protocol.protocol_version = queued.protocol_version
    ) + queued.extra_reads > (
      SELECT count(*) FROM journal.claim AS taken
      WHERE taken.case_id = queued.case_id
        AND (taken.status = 'submitted' OR (taken.status = 'held' AND taken.lease_ends_at > v_now))
    ) + (
      -- Places that are kept for others, who may still read.
      SELECT count(*) FROM read_model.case_assignment AS kept
      WHERE kept.case_id = queued.case_id AND kept.is_assigned AND kept.annotator_id <> p_annotator_id
        AND NOT EXISTS (
          SELECT FROM journal.claim AS part
          WHERE part.case_id = kept.case_id AND part.annotator_id IS NOT DISTINCT FROM kept.annotator_id
            AND (part.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated', 'answeringGold', 'answeredGold', 'reviewing', 'reviewed')
              OR (part.status = 'held' AND part.lease_ends_at > v_now))
        )
    )
    OFFSET p_skip LIMIT p_limit;
END $$;
