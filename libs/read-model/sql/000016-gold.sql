-- Gold (docs/adr/0016), and what the queue is asked by.

CREATE FUNCTION read_model.create_gold_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- 'overlap', or 'gold': what was said of a case whose answer is known, which is no read of the case.
    ALTER TABLE %1$I.read ADD COLUMN purpose text COLLATE "C" NOT NULL DEFAULT 'overlap';
    CREATE INDEX read_of_gold ON %1$I.read (annotator_id, case_id) WHERE purpose = 'gold';

    -- Whether all sentences are given in a language; also of a case that has none.
    ALTER TABLE %1$I.case_state ADD COLUMN is_in_es boolean NOT NULL DEFAULT false;
    ALTER TABLE %1$I.case_state ADD COLUMN is_in_en boolean NOT NULL DEFAULT false;

    CREATE TABLE %1$I.gold (
      case_id uuid PRIMARY KEY,
      organisation uuid NOT NULL,
      -- False once it was retired.
      is_active boolean NOT NULL,
      -- Of the newest truth.
      truth_version integer NOT NULL,
      -- Of the event that changed it last.
      from_seq bigint NOT NULL
    );

    CREATE TABLE %1$I.gold_truth (
      case_id uuid NOT NULL,
      truth_version integer NOT NULL,
      organisation uuid NOT NULL,
      from_seq bigint NOT NULL,
      set_by uuid NOT NULL,
      event_id uuid NOT NULL,
      event_type text COLLATE "C" NOT NULL,
      actor_id text NOT NULL,
      recorded_at_ms bigint NOT NULL,
      -- JSON in UTF-8.
      payload bytea STORAGE EXTERNAL NOT NULL,
      PRIMARY KEY (case_id, truth_version)
    ) WITH (toast_tuple_target = 8160);
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_gold_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_gold_tables', ARRAY['gold', 'gold_truth']);

-- An annotator's live claims, those of gold among them; and how many cases they have claimed ever, which gold is drawn by.
CREATE INDEX claim_reading ON journal.claim (annotator_id, project_id) WHERE status IN ('held', 'answeringGold');
CREATE INDEX claim_of_annotator ON journal.claim (annotator_id, project_id);
DROP INDEX journal.claim_held;

-- Gold cases that this annotator has had no part in, whatever else becomes of the case, in an order of their own for each annotator:
-- so that what two of them are given tells them nothing. Only a suggestion: the case's decider decides.
CREATE FUNCTION read_model.suggest_gold(
  p_project_id uuid, p_annotator_id uuid, p_limit integer, p_language text, p_priority_at_least integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_organisation uuid := journal.current_organisation();
  v_now timestamptz := statement_timestamp();
BEGIN
  RETURN QUERY
    SELECT gold.case_id
    FROM read_model.gold
    JOIN read_model.case_state ON case_state.case_id = gold.case_id
    WHERE gold.is_active AND gold.organisation = v_organisation
      AND case_state.project_id = p_project_id AND case_state.organisation = v_organisation
      AND case_state.status NOT IN ('withdrawn', 'excluded') AND case_state.priority >= p_priority_at_least
      AND (p_language IS NULL OR (p_language = 'es' AND case_state.is_in_es) OR (p_language = 'en' AND case_state.is_in_en))
      AND NOT EXISTS (
        SELECT FROM journal.claim AS own
        WHERE own.case_id = gold.case_id AND own.annotator_id = p_annotator_id
          AND (own.status IN ('submitted', 'skipped', 'adjudicating', 'adjudicated', 'answeredGold', 'reviewing', 'reviewed')
            OR (own.status IN ('held', 'answeringGold') AND own.lease_ends_at > v_now))
      )
      AND NOT EXISTS (
        SELECT FROM read_model.case_flag AS flag
        WHERE flag.case_id = gold.case_id AND flag.status = 'open' AND flag.reason = 'identityVisible'
      )
      AND NOT EXISTS (
        SELECT FROM read_model.gold_truth AS truth WHERE truth.case_id = gold.case_id AND truth.set_by = p_annotator_id
      )
    ORDER BY md5(gold.case_id::text || p_annotator_id::text)
    LIMIT p_limit;
END $$;
REVOKE EXECUTE ON FUNCTION read_model.suggest_gold(uuid, uuid, integer, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.suggest_gold(uuid, uuid, integer, text, integer) TO consilium_api;

-- As before; who has a case as gold has had a part in it, and so has who has a review of it.
CREATE OR REPLACE FUNCTION read_model.suggest_adjudications(p_project_id uuid, p_annotator_id uuid, p_limit integer)
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
          AND (own.status IN ('submitted', 'skipped', 'held', 'adjudicated', 'answeringGold', 'answeredGold', 'reviewing', 'reviewed')
            OR (own.status = 'adjudicating' AND own.lease_ends_at > v_now))
      )
    ORDER BY case_state.priority DESC, case_state.position, case_state.case_id
    LIMIT p_limit;
END $$;
