-- Who may read and act in a project, and by which version of the protocol a case is read: a row for each state, from the number of
-- the event in the log that made it. The newest row is the present.
CREATE FUNCTION read_model.create_people_tables(p_schema text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format($ddl$
    -- No row for an annotator who was never paused.
    CREATE TABLE %1$I.annotator_pause_version (
      annotator_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      -- NULL where they were resumed.
      reason text COLLATE "C",
      recorded_at_ms bigint NOT NULL,
      PRIMARY KEY (annotator_id, from_seq)
    );

    CREATE TABLE %1$I.qualification_version (
      annotator_id uuid NOT NULL,
      kind text COLLATE "C" NOT NULL,
      -- A language, or a finding group.
      term text COLLATE "C" NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      holds boolean NOT NULL,
      expires_at_ms bigint,
      recorded_at_ms bigint NOT NULL,
      PRIMARY KEY (annotator_id, kind, term, from_seq)
    );

    CREATE TABLE %1$I.member_version (
      project_id uuid NOT NULL,
      role text COLLATE "C" NOT NULL,
      person_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      listed boolean NOT NULL,
      recorded_at_ms bigint NOT NULL,
      PRIMARY KEY (project_id, role, person_id, from_seq)
    );

    -- No row for a case that is read by the version it was imported under.
    CREATE TABLE %1$I.case_protocol_version (
      case_id uuid NOT NULL,
      from_seq bigint NOT NULL,
      organisation uuid NOT NULL,
      protocol_version integer NOT NULL,
      PRIMARY KEY (case_id, from_seq)
    );
  $ddl$, p_schema);
END $$;
REVOKE EXECUTE ON FUNCTION read_model.create_people_tables(text) FROM PUBLIC;

SELECT read_model.add_part('create_people_tables',
  ARRAY['annotator_pause_version', 'qualification_version', 'member_version', 'case_protocol_version']);
