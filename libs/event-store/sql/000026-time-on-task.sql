-- How long somebody works on a read, by marks of the server's clock: the claim, each save of a draft, the submission. No event: it is
-- written with the submission, and goes here in the same transaction.
CREATE TABLE work.time_on_task (
  case_id uuid NOT NULL,
  annotator_id uuid NOT NULL,
  organisation uuid NOT NULL,
  -- Up to the last mark, all claims of the read together.
  active_ms bigint NOT NULL,
  marked_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, annotator_id)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE ON work.time_on_task TO consilium_api;
ALTER TABLE work.time_on_task ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON work.time_on_task TO consilium_api
  USING (organisation = journal.current_organisation()) WITH CHECK (organisation = journal.current_organisation());

-- The time worked at a mark: what there was, and what has passed since the mark before, but no more than the idle gap. A new claim is
-- a mark, and what passed before it was no work; NULLs where there was no mark yet.
CREATE FUNCTION work.active_ms_at(
  p_active_ms bigint, p_marked_at timestamptz, p_claimed_at timestamptz, p_at timestamptz, p_idle_gap_ms bigint
) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(p_active_ms, 0) + least(p_idle_gap_ms, greatest(0,
    (extract(epoch FROM p_at) - extract(epoch FROM greatest(coalesce(p_marked_at, p_claimed_at), p_claimed_at))) * 1000))::bigint
$$;

CREATE OR REPLACE FUNCTION work.drop_finished_draft() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM work.draft WHERE draft.case_id = NEW.case_id AND draft.annotator_id = NEW.annotator_id;
  DELETE FROM work.time_on_task AS task WHERE task.case_id = NEW.case_id AND task.annotator_id = NEW.annotator_id;
  RETURN NULL;
END $$;
