-- Sentences that were corrected, split or merged, annotations that this outdated, and translations that are questioned
-- (docs/adr/0016). What a case came in with stays in case_file.
CREATE FUNCTION read_model.create_sentence_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- One row an event: the sentences at any number of the log are those of the import after the changes up to there.
    CREATE TABLE %1$I.sentence_change (
      case_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      -- Of the event: sentenceCorrected, sentenceSplit or sentencesMerged.
      type text COLLATE "C" NOT NULL,
      event_id uuid NOT NULL,
      actor_id text NOT NULL,
      actor_role text COLLATE "C" NOT NULL,
      reason text COLLATE "C",
      recorded_at_ms bigint NOT NULL,
      -- Of the event: JSON in UTF-8.
      payload bytea STORAGE EXTERNAL NOT NULL,
      PRIMARY KEY (case_id, from_seq)
    ) WITH (toast_tuple_target = 8160);

    -- What was given of sentences that mean something else since; its content is in annotation_version.
    CREATE TABLE %1$I.outdated_annotation (
      case_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      read_id uuid NOT NULL,
      annotator_id uuid NOT NULL,
      revision integer NOT NULL,
      recorded_at_ms bigint NOT NULL,
      PRIMARY KEY (case_id, from_seq)
    );

    CREATE TABLE %1$I.translation_question (
      case_id uuid NOT NULL,
      disagreement_id uuid NOT NULL,
      organisation uuid NOT NULL,
      project_id uuid NOT NULL,
      sentence_id uuid NOT NULL,
      version integer NOT NULL,
      -- 'open', 'corrected' or 'confirmed'.
      status text COLLATE "C" NOT NULL,
      from_seq bigint NOT NULL,
      recorded_at_ms bigint NOT NULL,
      -- What checked, and its hits.
      detail jsonb NOT NULL,
      PRIMARY KEY (case_id, disagreement_id)
    );
    CREATE INDEX translation_question_open ON %1$I.translation_question (project_id, from_seq) WHERE status = 'open';
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_sentence_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_sentence_tables', ARRAY['sentence_change', 'outdated_annotation', 'translation_question']);
