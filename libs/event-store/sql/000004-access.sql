-- Who may do what. No role but the owner may change or remove an event, a log row or a command, and the owner is stopped by
-- a trigger. `consilium_api` sees and writes rows of one organisation only: the one its session is set to, or none.

GRANT USAGE ON SCHEMA journal TO consilium_api, consilium_relay, consilium_projector, consilium_quality;
GRANT USAGE ON SCHEMA vault TO consilium_api;

GRANT SELECT, INSERT ON journal.event, journal.command TO consilium_api, consilium_quality;
GRANT SELECT, INSERT, UPDATE (claim_id, status, lease_ends_at) ON journal.claim TO consilium_api, consilium_quality;
GRANT INSERT ON journal.pending TO consilium_api, consilium_quality;
GRANT USAGE ON SEQUENCE journal.pending_number TO consilium_api, consilium_quality;
GRANT SELECT ON journal.log, journal.head, journal.identity TO consilium_api, consilium_projector, consilium_quality;

GRANT SELECT ON journal.event, journal.log, journal.pending, journal.head, journal.partition_head, journal.identity,
  journal.relay TO consilium_relay;
GRANT INSERT (one_row) ON journal.identity TO consilium_relay;
GRANT DELETE ON journal.pending TO consilium_relay;
GRANT INSERT ON journal.log, journal.partition_head TO consilium_relay;
GRANT UPDATE ON journal.head, journal.relay TO consilium_relay;
GRANT UPDATE (last_seq) ON journal.partition_head TO consilium_relay;

GRANT SELECT, INSERT ON vault.subject_key TO consilium_api;

DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['journal.event', 'journal.pending', 'journal.log', 'journal.command',
    'journal.claim', 'vault.subject_key'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY own_organisation ON %s TO consilium_api
      USING (organisation = journal.current_organisation()) WITH CHECK (organisation = journal.current_organisation())', v_table);
  END LOOP;
  -- These serve every organisation; their grants above say what they may do with the rows.
  FOREACH v_table IN ARRAY ARRAY['journal.event', 'journal.pending', 'journal.log', 'journal.command',
    'journal.claim'] LOOP
    EXECUTE format('CREATE POLICY every_organisation ON %s TO consilium_quality, consilium_relay, consilium_projector
      USING (true) WITH CHECK (true)', v_table);
  END LOOP;
END $$;
