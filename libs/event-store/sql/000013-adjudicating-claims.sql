-- An adjudicator's own seats, as claim_held serves a reader's own claims. A migration of its own: a value that was added to a type may
-- be used once its transaction has ended.
CREATE INDEX claim_adjudicating ON journal.claim (annotator_id, project_id) WHERE status = 'adjudicating';
