-- What answers were worth, held against truth that they had no part in (docs/adr/0019).

CREATE FUNCTION read_model.create_score_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- Every score that was ever given. Which of them counts now, the truth of the case says: another truth brings other scores.
    CREATE TABLE %1$I.answer_score (
      case_id uuid NOT NULL,
      read_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      annotator_id uuid NOT NULL,
      -- 'gold' or 'adjudicated'.
      source text COLLATE "C" NOT NULL,
      -- Of gold.
      truth_version integer,
      -- Of what was adjudicated.
      adjudication_id uuid,
      event_id uuid NOT NULL,
      recorded_at_ms bigint NOT NULL,
      score jsonb NOT NULL,
      PRIMARY KEY (case_id, read_id, from_seq)
    );
    CREATE INDEX answer_score_of_annotator ON %1$I.answer_score (annotator_id, from_seq);
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_score_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_score_tables', ARRAY['answer_score']);
