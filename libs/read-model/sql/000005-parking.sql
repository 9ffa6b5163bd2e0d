-- Streams that stand still can be tried again, or go on without an event. For that, what is put aside is kept as it came from
-- Kafka: its texts are sealed, and nothing here is ever logged. What was put aside before this migration has no record; a
-- rebuild shows it.

CREATE FUNCTION read_model.extend_parking(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- `headers` is JSON in UTF-8; not jsonb, which does not take every text that a damaged record may have.
    ALTER TABLE %1$I.parked_event ADD COLUMN event_id uuid, ADD COLUMN headers bytea, ADD COLUMN value bytea;
    -- Events that operators have decided to leave out, by decisions that this generation has seen.
    CREATE TABLE %1$I.discarded_event (event_id uuid PRIMARY KEY);
    GRANT SELECT, INSERT ON %1$I.discarded_event TO consilium_projector;
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.extend_parking(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION read_model.create_generation() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_n integer;
BEGIN
  LOCK TABLE read_model.generation IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(generation.n), 0) + 1 INTO v_n FROM read_model.generation;
  INSERT INTO read_model.generation (n, status) VALUES (v_n, 'building');
  PERFORM read_model.create_tables('view_' || v_n);
  PERFORM read_model.extend_parking('view_' || v_n);
  RETURN v_n;
END $$;

SELECT read_model.extend_parking('view_' || generation.n) FROM read_model.generation;
