-- Reviews of reads, each with its outcome or none yet (docs/adr/0016).

CREATE FUNCTION read_model.create_review_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    CREATE TABLE %1$I.review (
      case_id uuid NOT NULL,
      review_id uuid NOT NULL,
      organisation uuid NOT NULL,
      read_id uuid NOT NULL,
      cause text COLLATE "C" NOT NULL,
      -- 'open', 'recorded' or 'closed'.
      status text COLLATE "C" NOT NULL,
      from_seq bigint NOT NULL,
      opened_at_ms bigint NOT NULL,
      -- Of the claim that holds it, or had it when it ended.
      claim_id uuid,
      reviewer_id uuid,
      ended_seq bigint,
      ended_at_ms bigint,
      outcome text COLLATE "C",
      reason text COLLATE "C",
      -- Of the event with the outcome, and what it said: JSON in UTF-8.
      event_id uuid,
      payload bytea STORAGE EXTERNAL,
      PRIMARY KEY (case_id, review_id)
    ) WITH (toast_tuple_target = 8160);
    CREATE INDEX review_open ON %1$I.review (organisation, case_id) WHERE status = 'open';
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_review_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_review_tables', ARRAY['review']);

-- Cases with a review that this person might take, in queue order: not one they have had a part in but as a reviewer, and not one
-- they hold a review of. Only a suggestion: the case's decider decides.
CREATE FUNCTION read_model.suggest_reviews(p_project_id uuid, p_annotator_id uuid, p_limit integer)
RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_organisation uuid := journal.current_organisation();
  v_now timestamptz := statement_timestamp();
BEGIN
  RETURN QUERY
    SELECT case_state.case_id
    FROM read_model.case_state
    WHERE case_state.project_id = p_project_id AND case_state.organisation = v_organisation
      AND case_state.status NOT IN ('finalised', 'excluded', 'withdrawn')
      AND case_state.case_id IN (
        SELECT review.case_id FROM read_model.review
        WHERE review.organisation = v_organisation AND review.status = 'open'
          AND NOT EXISTS (
            SELECT FROM journal.claim AS taken
            WHERE taken.case_id = review.case_id AND taken.annotator_id = review.reviewer_id
              AND taken.claim_id = review.claim_id AND taken.status = 'reviewing' AND taken.lease_ends_at > v_now
          )
      )
      AND NOT EXISTS (
        SELECT FROM journal.claim AS own
        WHERE own.case_id = case_state.case_id AND own.annotator_id = p_annotator_id
          AND (own.status IN ('submitted', 'skipped', 'held', 'adjudicating', 'adjudicated', 'answeringGold', 'answeredGold')
            OR (own.status = 'reviewing' AND own.lease_ends_at > v_now))
      )
    ORDER BY case_state.priority DESC, case_state.position, case_state.case_id
    LIMIT p_limit;
END $$;
REVOKE EXECUTE ON FUNCTION read_model.suggest_reviews(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.suggest_reviews(uuid, uuid, integer) TO consilium_api;
