-- Reviewers hold a read by a claim as its adjudicators do (docs/adr/0016): statuses of their own, so that no question about reads or seats
-- counts them.

ALTER TYPE journal.claim_status ADD VALUE 'reviewing';
ALTER TYPE journal.claim_status ADD VALUE 'reviewed';

CREATE OR REPLACE FUNCTION journal.held_leases(p_case_id uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(journal.epoch_ms(claim.lease_ends_at)), 0)
    FROM journal.claim WHERE claim.case_id = p_case_id AND claim.status IN ('held', 'adjudicating', 'answeringGold', 'reviewing')
  );
END $$;

CREATE OR REPLACE FUNCTION journal.renew_lease(
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
      AND claim.status IN ('held', 'adjudicating', 'answeringGold', 'reviewing')
      AND claim.lease_ends_at > clock_timestamp()
    RETURNING journal.epoch_ms(claim.lease_ends_at) INTO v_lease_ends_at_ms;
  RETURN v_lease_ends_at_ms;
END $$;

-- As before: who has the case as gold or has had a review of it is nobody to be asked either.
CREATE OR REPLACE FUNCTION journal.readers_left(p_organisation uuid, p_project_id uuid, p_case_id uuid) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT count(*)
    FROM journal.event AS registered
    WHERE registered.type = 'annotatorRegistered' AND registered.organisation = p_organisation
      AND convert_from(registered.payload_bytes, 'UTF8')::jsonb ->> 'projectId' = p_project_id::text
      AND NOT EXISTS (
        SELECT FROM journal.claim
        WHERE claim.case_id = p_case_id AND claim.annotator_id = right(registered.stream_id, 36)::uuid
          AND claim.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated', 'answeringGold', 'answeredGold', 'reviewing', 'reviewed')
      )
  );
END $$;
