-- Which project was exported when, by whom, to whom and what for: one row before the first case leaves. Not in the journal,
-- because recipients are people with rights of their own, and the journal is for ever. Nobody changes or removes a row.

CREATE TABLE audit.export (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  organisation uuid NOT NULL,
  project_id uuid NOT NULL,
  actor_id uuid NOT NULL,
  actor_role text COLLATE "C" NOT NULL,
  command_id uuid NOT NULL,
  recipient text COLLATE "C" NOT NULL CHECK (length(recipient) BETWEEN 1 AND 200),
  purpose text COLLATE "C" NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
  UNIQUE (organisation, actor_id, command_id)
);
CREATE INDEX export_of_project ON audit.export (organisation, project_id, at);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.export
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

ALTER TABLE audit.export ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit.export TO consilium_api
  USING (organisation = journal.current_organisation()) WITH CHECK (organisation = journal.current_organisation());

GRANT SELECT ON audit.export TO consilium_api;
GRANT INSERT (organisation, project_id, actor_id, actor_role, command_id, recipient, purpose) ON audit.export TO consilium_api;
