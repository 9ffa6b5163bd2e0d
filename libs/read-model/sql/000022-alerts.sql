-- Reasons to look at what an annotator does (docs/adr/0019).

CREATE FUNCTION read_model.create_alert_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    CREATE TABLE %1$I.alert (
      annotator_id uuid NOT NULL,
      alert_id uuid NOT NULL,
      organisation uuid NOT NULL,
      project_id uuid NOT NULL,
      kind text COLLATE "C" NOT NULL,
      -- 'open', 'acknowledged' or 'resolved'.
      status text COLLATE "C" NOT NULL,
      from_seq bigint NOT NULL,
      raised_at_ms bigint NOT NULL,
      acknowledged_at_ms bigint,
      acknowledged_by text COLLATE "C",
      resolved_at_ms bigint,
      resolved_by text COLLATE "C",
      outcome text COLLATE "C",
      -- Method, figures and evidence.
      figures jsonb NOT NULL,
      PRIMARY KEY (annotator_id, alert_id)
    );
    CREATE INDEX alert_of_project ON %1$I.alert (project_id, from_seq DESC, alert_id);
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_alert_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_alert_tables', ARRAY['alert']);
