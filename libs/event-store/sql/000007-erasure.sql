-- Erasing a subject is one transaction: whoever writes the event destroys the key, by this trigger, or nothing happens. No
-- crash can come between, and nothing has to be made good afterwards. Who runs it needs no right to the vault.

CREATE FUNCTION vault.destroy_key(p_organisation uuid, p_subject_id uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_destroyed integer;
BEGIN
  UPDATE vault.subject_key SET wrapped_key = NULL, destroyed_at = now()
    WHERE subject_key.organisation = p_organisation AND subject_key.subject_id = p_subject_id
      AND subject_key.wrapped_key IS NOT NULL;
  GET DIAGNOSTICS v_destroyed = ROW_COUNT;
  RETURN v_destroyed;
END $$;
REVOKE EXECUTE ON FUNCTION vault.destroy_key(uuid, uuid) FROM PUBLIC;

CREATE FUNCTION vault.erased_subject(p_payload bytea) RETURNS uuid
LANGUAGE sql STABLE
RETURN (convert_from(p_payload, 'UTF8')::jsonb ->> 'subjectId')::uuid;

CREATE FUNCTION vault.destroy_key_of_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM vault.destroy_key(NEW.organisation, vault.erased_subject(NEW.payload_bytes));
  RETURN NULL;
END $$;

CREATE TRIGGER destroy_key AFTER INSERT ON journal.event
  FOR EACH ROW WHEN (NEW.type = 'subjectErased') EXECUTE FUNCTION vault.destroy_key_of_erased();

CREATE INDEX event_erasures ON journal.event (organisation, stream_id) WHERE type = 'subjectErased';

-- Again for every erasure on record: a vault that was restored from an older copy has keys again that were destroyed, and one
-- that was lost has no rows that keep a new key from being made. Run with every migration, that is, before services start.
-- How many keys or rows it had to mend.
CREATE FUNCTION vault.destroy_keys_of_erased() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_erased record;
  v_made integer;
  v_mended integer := 0;
BEGIN
  FOR v_erased IN
    SELECT DISTINCT event.organisation, vault.erased_subject(event.payload_bytes) AS subject_id
    FROM journal.event WHERE event.type = 'subjectErased'
  LOOP
    INSERT INTO vault.subject_key (organisation, subject_id, key_version, kek_id, destroyed_at)
      SELECT v_erased.organisation, v_erased.subject_id, 1, 'none', now()
      WHERE NOT EXISTS (
        SELECT FROM vault.subject_key
        WHERE subject_key.organisation = v_erased.organisation AND subject_key.subject_id = v_erased.subject_id
      )
      ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_made = ROW_COUNT;
    v_mended := v_mended + v_made + vault.destroy_key(v_erased.organisation, v_erased.subject_id);
  END LOOP;
  RETURN v_mended;
END $$;
REVOKE EXECUTE ON FUNCTION vault.destroy_keys_of_erased() FROM PUBLIC;
