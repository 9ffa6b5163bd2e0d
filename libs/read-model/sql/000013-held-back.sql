-- As before, with the reads that were asked for since, without cases that the annotator has adjudicated, and without those that are
-- held back because a patient could be recognised.
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
      SELECT case_state.case_id, case_state.protocol_version, case_state.extra_reads
      FROM read_model.case_state
      WHERE case_state.project_id = p_project_id AND case_state.status = 'reading'
        AND case_state.organisation = v_organisation
        AND NOT EXISTS (
          SELECT FROM journal.claim AS own
          WHERE own.case_id = case_state.case_id AND own.annotator_id = p_annotator_id
            AND (own.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated')
              OR (own.status = 'held' AND own.lease_ends_at > v_now))
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
    ) + queued.extra_reads > (
      SELECT count(*) FROM journal.claim AS taken
      WHERE taken.case_id = queued.case_id
        AND (taken.status = 'submitted' OR (taken.status = 'held' AND taken.lease_ends_at > v_now))
    )
    LIMIT p_limit;
END $$;
