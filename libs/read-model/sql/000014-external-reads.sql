-- How the source of a read that came in with its case calls its reader: sealed, in the event that brought it. What was read is with
-- all other reads.
CREATE FUNCTION read_model.create_external_read_table(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    CREATE TABLE %1$I.external_read (
      case_id uuid NOT NULL,
      read_id uuid NOT NULL,
      organisation uuid NOT NULL,
      annotator_id uuid NOT NULL,
      event_id uuid NOT NULL,
      detail jsonb NOT NULL,
      PRIMARY KEY (case_id, read_id)
    );
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_external_read_table(text) FROM PUBLIC;

SELECT read_model.add_part('create_external_read_table', ARRAY['external_read']);
