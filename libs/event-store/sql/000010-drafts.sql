-- Unfinished work of annotators. No events: it counts for nothing, changes every few seconds, and goes when it was submitted.
-- It is sealed under the key of the case's subject, so that an erasure makes it unreadable wherever it was copied.
CREATE SCHEMA work;
GRANT USAGE ON SCHEMA work TO consilium_api;

CREATE TABLE work.draft (
  case_id uuid NOT NULL,
  annotator_id uuid NOT NULL,
  organisation uuid NOT NULL,
  -- Counts up with every save, from 1.
  revision integer NOT NULL,
  -- What the seal is bound to: new with every save.
  seal_id uuid NOT NULL,
  key_version integer NOT NULL,
  nonce text NOT NULL,
  ciphertext text NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, annotator_id)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON work.draft TO consilium_api;
ALTER TABLE work.draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON work.draft TO consilium_api
  USING (organisation = journal.current_organisation()) WITH CHECK (organisation = journal.current_organisation());

-- What was submitted, or skipped for good, is no draft any more: it goes in the same transaction. What was released or ran out
-- stays for the annotator's next claim.
CREATE FUNCTION work.drop_finished_draft() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM work.draft WHERE draft.case_id = NEW.case_id AND draft.annotator_id = NEW.annotator_id;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION work.drop_finished_draft() FROM PUBLIC;

CREATE TRIGGER drop_finished_draft AFTER UPDATE OF status ON journal.claim
  FOR EACH ROW WHEN (NEW.status IN ('submitted', 'skipped') AND OLD.status <> NEW.status)
  EXECUTE FUNCTION work.drop_finished_draft();

CREATE FUNCTION work.drop_drafts_of_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM work.draft WHERE draft.case_id = substr(NEW.stream_id, length('case-') + 1)::uuid;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION work.drop_drafts_of_erased() FROM PUBLIC;

CREATE TRIGGER drop_drafts AFTER INSERT ON journal.event
  FOR EACH ROW WHEN (NEW.type = 'subjectErased') EXECUTE FUNCTION work.drop_drafts_of_erased();
