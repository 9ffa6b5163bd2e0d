-- The queue of one annotator, see queue-queries.ts. A function with the planner's choices made for it: right after an import
-- the statistics say that there are hardly any cases, and a plan made by them reads the whole project and sorts it. It walks
-- the queue's index in its order instead, looks up the annotator's own claim of each case, and stops at the limit. It runs
-- as its owner, so that the row policies are not asked for every case passed; the organisation is compared here.
CREATE FUNCTION read_model.suggest_cases(p_project_id uuid, p_annotator_id uuid, p_limit integer) RETURNS SETOF uuid
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

REVOKE EXECUTE ON FUNCTION read_model.suggest_cases(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.suggest_cases(uuid, uuid, integer) TO consilium_api;
