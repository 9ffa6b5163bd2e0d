-- A gold case is held by a claim as any case is (docs/adr/0016): the same table, so that one person has one part in a case, and
-- statuses of their own, so that no question about reads or places counts them.

ALTER TYPE journal.claim_status ADD VALUE 'answeringGold';
ALTER TYPE journal.claim_status ADD VALUE 'answeredGold';

-- By its text: a value that was added to a type may be used as one only once this transaction has ended.
DROP TRIGGER drop_finished_draft ON journal.claim;
CREATE TRIGGER drop_finished_draft AFTER UPDATE OF status ON journal.claim
  FOR EACH ROW WHEN (NEW.status::text IN ('submitted', 'skipped', 'answeredGold') AND OLD.status <> NEW.status)
  EXECUTE FUNCTION work.drop_finished_draft();
