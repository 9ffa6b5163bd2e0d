-- Reads can be taken back: `readsReopened` answers a `readsCompleted` as a consensus does, and what one annotator has
-- submitted is found to be undone. The code before this uses the first index too, which covers more than it asks for.

CREATE INDEX event_of_completion ON journal.event (stream_id, stream_version) INCLUDE (type, recorded_at)
  WHERE type IN ('readsCompleted', 'readsReopened', 'consensusReached', 'disagreementFound');
DROP INDEX journal.event_of_consensus;

CREATE INDEX claim_submitted ON journal.claim (annotator_id, project_id, case_id) WHERE status = 'submitted';
