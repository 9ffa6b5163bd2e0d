-- Extra reads, adjudications and their votes (docs/adr/0016).

CREATE FUNCTION read_model.create_adjudication_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- Reads that were asked for beyond those that the protocol wants at first.
    ALTER TABLE %1$I.case_state ADD COLUMN extra_reads integer NOT NULL DEFAULT 0;
    CREATE INDEX case_to_adjudicate ON %1$I.case_state (project_id, priority DESC, position, case_id)
      WHERE status = 'adjudicating';

    -- The last of a case is open while the status of the case says so.
    CREATE TABLE %1$I.adjudication (
      case_id uuid NOT NULL,
      adjudication_id uuid NOT NULL,
      organisation uuid NOT NULL,
      from_seq bigint NOT NULL,
      cause text COLLATE "C" NOT NULL,
      panel_size integer NOT NULL,
      is_split boolean NOT NULL,
      opened_at_ms bigint NOT NULL,
      decided_at_ms bigint,
      decided_seq bigint,
      -- Of the vote whose answer was taken.
      annotation_id uuid,
      -- Of the event that decided it: JSON in UTF-8.
      payload bytea STORAGE EXTERNAL,
      PRIMARY KEY (case_id, adjudication_id)
    ) WITH (toast_tuple_target = 8160);

    CREATE TABLE %1$I.adjudication_vote (
      case_id uuid NOT NULL,
      annotation_id uuid NOT NULL,
      organisation uuid NOT NULL,
      adjudication_id uuid NOT NULL,
      annotator_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      event_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      payload bytea STORAGE EXTERNAL NOT NULL,
      PRIMARY KEY (case_id, annotation_id)
    ) WITH (toast_tuple_target = 8160);
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_adjudication_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_adjudication_tables', ARRAY['adjudication', 'adjudication_vote']);

-- Cases before their adjudicators that this person might take a seat of, in queue order: not one they have had a part in, unless
-- they gave it back, and not one they hold or have given their answer to. Only a suggestion: the case's decider decides.
CREATE FUNCTION read_model.suggest_adjudications(p_project_id uuid, p_annotator_id uuid, p_limit integer)
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
    WHERE case_state.project_id = p_project_id AND case_state.status = 'adjudicating'
      AND case_state.organisation = v_organisation
      AND NOT EXISTS (
        SELECT FROM journal.claim AS own
        WHERE own.case_id = case_state.case_id AND own.annotator_id = p_annotator_id
          AND (own.status IN ('submitted', 'skipped', 'held', 'adjudicated')
            OR (own.status = 'adjudicating' AND own.lease_ends_at > v_now))
      )
    ORDER BY case_state.priority DESC, case_state.position, case_state.case_id
    LIMIT p_limit;
END $$;
REVOKE EXECUTE ON FUNCTION read_model.suggest_adjudications(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.suggest_adjudications(uuid, uuid, integer) TO consilium_api;
