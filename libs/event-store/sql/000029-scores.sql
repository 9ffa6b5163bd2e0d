-- What makes answers due to be scored, and what answers it (docs/adr/0019).
CREATE INDEX event_scoring ON journal.event (stream_id, stream_version)
  WHERE type IN ('goldSet', 'goldCorrected', 'goldAnswered', 'adjudicationDecided', 'answersScored');
