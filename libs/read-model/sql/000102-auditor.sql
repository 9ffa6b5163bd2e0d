-- A role of its own for whoever audits (docs/AUDIT.md). It reads history, views and records of access, of every organisation,
-- and writes one thing: what it is about to show, and to whom. It has no right to the vault, to leases, or to stored answers.

GRANT USAGE ON SCHEMA journal, audit TO consilium_auditor;
GRANT SELECT ON journal.event, journal.log, journal.pending, journal.head, journal.partition_head, journal.identity,
  journal.relay, journal.merkle_tile, journal.checkpoint TO consilium_auditor;
CREATE POLICY read_by_auditor ON journal.event FOR SELECT TO consilium_auditor USING (true);
CREATE POLICY read_by_auditor ON journal.log FOR SELECT TO consilium_auditor USING (true);
CREATE POLICY read_by_auditor ON journal.pending FOR SELECT TO consilium_auditor USING (true);

-- Every table of a schema of views that is not readable yet.
CREATE FUNCTION read_model.let_auditor_read(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_table record;
BEGIN
  IF NOT has_schema_privilege('consilium_auditor', p_schema, 'USAGE') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO consilium_auditor', p_schema);
  END IF;
  FOR v_table IN
    SELECT class.relname, class.relrowsecurity FROM pg_class AS class
    WHERE class.relnamespace = p_schema::regnamespace AND class.relkind IN ('r', 'p', 'v')
      AND NOT has_table_privilege('consilium_auditor', class.oid, 'SELECT')
  LOOP
    EXECUTE format('GRANT SELECT ON %I.%I TO consilium_auditor', p_schema, v_table.relname);
    IF v_table.relrowsecurity THEN
      EXECUTE format('CREATE POLICY read_by_auditor ON %I.%I FOR SELECT TO consilium_auditor USING (true)', p_schema,
        v_table.relname);
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION read_model.let_auditor_read_all() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_schema text;
BEGIN
  FOR v_schema IN
    SELECT 'read_model' UNION ALL SELECT 'view_' || generation.n FROM read_model.generation
    WHERE to_regnamespace('view_' || generation.n) IS NOT NULL
  LOOP
    PERFORM read_model.let_auditor_read(v_schema);
  END LOOP;
END $$;

CREATE FUNCTION read_model.let_auditor_read_new() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM read_model.let_auditor_read_all();
  RETURN NULL;
END $$;

-- At the end of the transaction that makes a generation or adds a part: the tables are there then, whoever made them.
CREATE CONSTRAINT TRIGGER auditor_reads AFTER INSERT ON read_model.generation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION read_model.let_auditor_read_new();
CREATE CONSTRAINT TRIGGER auditor_reads AFTER INSERT ON read_model.view_part
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION read_model.let_auditor_read_new();
SELECT read_model.let_auditor_read_all();
REVOKE EXECUTE ON FUNCTION read_model.let_auditor_read(text), read_model.let_auditor_read_all(),
  read_model.let_auditor_read_new() FROM PUBLIC;

-- An auditor at the command line has no token: they are the user whom the database let in. Without an organisation a row is about
-- the whole history, of all cases.
ALTER TABLE audit.read_access
  ALTER COLUMN organisation DROP NOT NULL,
  ALTER COLUMN actor_id DROP NOT NULL,
  ADD COLUMN database_user text COLLATE "C",
  ADD CONSTRAINT one_reader CHECK ((actor_id IS NULL) = (database_user IS NOT NULL)),
  ADD CONSTRAINT everything_by_auditors CHECK (organisation IS NOT NULL OR (actor_id IS NULL AND case_ids = '{}'));

-- Not a default, which the writer could replace: nobody says who they are.
CREATE FUNCTION audit.name_database_user() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.database_user := CASE WHEN NEW.actor_id IS NULL THEN session_user END;
  RETURN NEW;
END $$;
CREATE TRIGGER name_database_user BEFORE INSERT ON audit.read_access
  FOR EACH ROW EXECUTE FUNCTION audit.name_database_user();

CREATE POLICY by_auditor ON audit.read_access FOR INSERT TO consilium_auditor
  WITH CHECK (actor_id IS NULL AND actor_role = 'auditor');
CREATE POLICY read_by_auditor ON audit.read_access FOR SELECT TO consilium_auditor USING (true);
CREATE POLICY read_by_auditor ON audit.export FOR SELECT TO consilium_auditor USING (true);
GRANT SELECT ON audit.read_access, audit.export TO consilium_auditor;
GRANT INSERT (organisation, actor_role, actions, operation, case_ids) ON audit.read_access TO consilium_auditor;
