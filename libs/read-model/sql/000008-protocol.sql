-- Shape 3: every protocol is kept in the second version of its event (docs/adr/0016). A generation of an earlier shape keeps what
-- it has; the projector builds one of this shape beside it, which then takes its place.

CREATE OR REPLACE FUNCTION read_model.create_generation() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_n integer;
BEGIN
  LOCK TABLE read_model.generation IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(generation.n), 0) + 1 INTO v_n FROM read_model.generation;
  INSERT INTO read_model.generation (n, status, shape) VALUES (v_n, 'building', 3);
  PERFORM read_model.create_tables('view_' || v_n);
  PERFORM read_model.extend_parking('view_' || v_n);
  PERFORM read_model.create_history_tables('view_' || v_n);
  RETURN v_n;
END $$;
