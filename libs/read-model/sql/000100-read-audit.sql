-- Who was shown what about patients: one row for each request, written before its answer leaves. Nobody changes or removes a
-- row, the owner neither; what is read here is for auditors and is not served by the API yet.

CREATE SCHEMA audit;

CREATE TABLE audit.read_access (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  organisation uuid NOT NULL,
  actor_id uuid NOT NULL,
  actor_role text COLLATE "C" NOT NULL,
  -- Actions of the access policy, such as {case.read,annotation.read}.
  actions text[] NOT NULL,
  -- Name of the client's operation; NULL where it has none.
  operation text,
  case_ids uuid[] NOT NULL
);
CREATE INDEX read_access_in_time ON audit.read_access USING brin (at);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.read_access
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

ALTER TABLE audit.read_access ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit.read_access FOR INSERT TO consilium_api
  WITH CHECK (organisation = journal.current_organisation());

GRANT USAGE ON SCHEMA audit TO consilium_api;
GRANT INSERT (organisation, actor_id, actor_role, actions, operation, case_ids) ON audit.read_access TO consilium_api;
