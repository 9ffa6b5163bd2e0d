-- An import seals its texts before it is appended. If the subject is erased in between, the case would come in unreadable and
-- without its `subjectErased`, because whoever erases has looked for cases already. So the two wait for each other: an import
-- takes a shared lock on its subject and then looks whether the key was destroyed, and destroying takes the lock alone. Either
-- the import comes first, and whoever erases finds its case when they look again; or it comes second, and is refused.
--
-- A lock of its own and not one on the row of the key: that would be written into the row by every import, and would wait for
-- rewrapping. It is taken last in every transaction, after those of the streams. Two transactions with several subjects each
-- may take them in different orders; the server then ends one, which its sender repeats.

CREATE FUNCTION vault.lock_of_subject(p_organisation uuid, p_subject_id uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended('subject-' || p_organisation::text || '-' || p_subject_id::text, 0);

CREATE OR REPLACE FUNCTION vault.destroy_key(p_organisation uuid, p_subject_id uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_destroyed integer;
BEGIN
  PERFORM pg_advisory_xact_lock(vault.lock_of_subject(p_organisation, p_subject_id));
  UPDATE vault.subject_key SET wrapped_key = NULL, destroyed_at = now()
    WHERE subject_key.organisation = p_organisation AND subject_key.subject_id = p_subject_id
      AND subject_key.wrapped_key IS NOT NULL;
  GET DIAGNOSTICS v_destroyed = ROW_COUNT;
  RETURN v_destroyed;
END $$;

-- A subject without any row is no erased one: what is destroyed keeps its row.
CREATE FUNCTION vault.refuse_import_of_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_subject_id uuid := (convert_from(NEW.payload_bytes, 'UTF8')::json ->> 'subjectId')::uuid;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(vault.lock_of_subject(NEW.organisation, v_subject_id));
  -- A statement after the one that waited, so that it sees what was committed meanwhile.
  IF EXISTS (
    SELECT FROM vault.subject_key
    WHERE subject_key.organisation = NEW.organisation AND subject_key.subject_id = v_subject_id
      AND subject_key.destroyed_at IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'the subject was erased' USING ERRCODE = 'CS004', DETAIL = v_subject_id;
  END IF;
  RETURN NULL;
END $$;

-- Not for the owner, whom row security is not for either: they bring back what was (RECOVERY), of the erased too.
CREATE TRIGGER refuse_erased AFTER INSERT ON journal.event
  FOR EACH ROW WHEN (NEW.type = 'caseImported' AND row_security_active('journal.event'))
  EXECUTE FUNCTION vault.refuse_import_of_erased();
