-- What people say to each other about a case (docs/adr/0016).
CREATE FUNCTION read_model.create_comment_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- One row an event: the threads of a case at any number of the log are what the rows up to there make.
    CREATE TABLE %1$I.thread_event (
      case_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      thread_id uuid NOT NULL,
      -- Of the event: threadOpened, commentAdded, commentCorrected, commentRetracted, threadResolved or threadReopened.
      type text COLLATE "C" NOT NULL,
      event_id uuid NOT NULL,
      actor_role text COLLATE "C" NOT NULL,
      reason text COLLATE "C",
      recorded_at_ms bigint NOT NULL,
      -- Of the event: JSON in UTF-8.
      payload bytea STORAGE EXTERNAL NOT NULL,
      PRIMARY KEY (case_id, from_seq)
    ) WITH (toast_tuple_target = 8160);
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_comment_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_comment_tables', ARRAY['thread_event']);
