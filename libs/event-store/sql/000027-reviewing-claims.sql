-- A reviewer's own claims, as claim_held serves a reader's. A migration of its own: a value that was added to a type may be used once
-- its transaction has ended.
CREATE INDEX claim_reviewing ON journal.claim (annotator_id, project_id) WHERE status = 'reviewing';
