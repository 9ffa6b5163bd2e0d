-- A generation of the views is made of parts, in the order of their numbers: a migration that adds tables, or changes what is kept
-- in those there are, adds a part. The shape of a generation is 2 and one for each part that it had when it was made (docs/adr/0016).
--
-- A generation that was there before a part gets the part's tables, and rows from now on: it serves the present as it did.
-- The projector builds one of the newest shape beside it, which then takes its place.
CREATE TABLE read_model.view_part (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The function in this schema that makes its tables in the schema that it is given; NULL where a part has none.
  create_with text COLLATE "C",
  -- All have a column `organisation`.
  tables text[] NOT NULL
);

CREATE FUNCTION read_model.newest_shape() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT 2 + count(*)::integer FROM read_model.view_part
$$;

CREATE FUNCTION read_model.create_part(p_schema text, p_create_with text, p_tables text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table text;
BEGIN
  IF p_create_with IS NOT NULL THEN
    EXECUTE format('SELECT read_model.%I($1)', p_create_with) USING p_schema;
  END IF;
  FOREACH v_table IN ARRAY p_tables LOOP
    EXECUTE format($ddl$
      GRANT SELECT ON %1$I.%2$I TO consilium_api;
      GRANT SELECT, INSERT, UPDATE, DELETE ON %1$I.%2$I TO consilium_projector;
      ALTER TABLE %1$I.%2$I ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own_organisation ON %1$I.%2$I TO consilium_api
        USING (organisation = journal.current_organisation());
      CREATE POLICY every_organisation ON %1$I.%2$I TO consilium_projector USING (true) WITH CHECK (true);
    $ddl$, p_schema, v_table);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION read_model.create_generation() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_n integer;
  v_part record;
BEGIN
  LOCK TABLE read_model.generation IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(generation.n), 0) + 1 INTO v_n FROM read_model.generation;
  INSERT INTO read_model.generation (n, status, shape) VALUES (v_n, 'building', read_model.newest_shape());
  PERFORM read_model.create_tables('view_' || v_n);
  PERFORM read_model.extend_parking('view_' || v_n);
  PERFORM read_model.create_history_tables('view_' || v_n);
  FOR v_part IN SELECT part.create_with, part.tables FROM read_model.view_part AS part ORDER BY part.number LOOP
    PERFORM read_model.create_part('view_' || v_n, v_part.create_with, v_part.tables);
  END LOOP;
  RETURN v_n;
END $$;

-- A reader holds views in the order of its query and this takes them in its own, so each may wait for the other. This one gives up
-- (55P03) long before the server would look for a circle and end a reader; whoever switches asks again.
CREATE OR REPLACE FUNCTION read_model.show_generation(p_n integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $$
DECLARE
  v_table text;
BEGIN
  UPDATE read_model.generation SET status = 'retired' WHERE generation.status = 'active' AND generation.n <> p_n;
  UPDATE read_model.generation SET status = 'active' WHERE generation.n = p_n;
  FOR v_table IN
    SELECT unnest(read_model.view_tables() || read_model.history_tables() || ARRAY['checkpoint', 'parked_stream'])
    UNION ALL SELECT unnest(part.tables) FROM read_model.view_part AS part
  LOOP
    EXECUTE format('CREATE OR REPLACE VIEW read_model.%1$I WITH (security_invoker = true) AS SELECT * FROM %2$I.%1$I',
      v_table, 'view_' || p_n);
  END LOOP;
END $$;

-- What a migration calls to add a part.
CREATE FUNCTION read_model.add_part(p_create_with text, p_tables text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_generation record;
BEGIN
  INSERT INTO read_model.view_part (create_with, tables) VALUES (p_create_with, p_tables);
  FOR v_generation IN SELECT generation.n, generation.status FROM read_model.generation LOOP
    PERFORM read_model.create_part('view_' || v_generation.n, p_create_with, p_tables);
    -- A log that nothing was published of yet has no past to miss.
    IF NOT EXISTS (SELECT FROM journal.log) THEN
      UPDATE read_model.generation SET shape = read_model.newest_shape() WHERE generation.n = v_generation.n;
    END IF;
    IF v_generation.status = 'active' THEN
      PERFORM read_model.show_generation(v_generation.n);
    END IF;
  END LOOP;
  GRANT SELECT ON ALL TABLES IN SCHEMA read_model TO consilium_api, consilium_projector;
END $$;

REVOKE EXECUTE ON FUNCTION read_model.newest_shape(), read_model.create_part(text, text, text[]),
  read_model.add_part(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.newest_shape() TO consilium_api, consilium_projector;

-- Every protocol is kept in the second version of its event.
SELECT read_model.add_part(NULL, ARRAY[]::text[]);
