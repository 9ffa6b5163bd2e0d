-- The journal: what was decided, in its final bytes. Nothing here is ever updated but the claims and the cursors of the relay.
-- The end of a stream is its last event. Hashes are computed here, so that no writer can store an event under a hash that is
-- not its own.
--
-- Order of locks, the same for every writer: advisory locks of the streams (by key), then rows. A writer holds its stream's
-- lock until it has committed, and draws the numbers of its pending rows under that lock: in `pending`, a smaller number of
-- the same stream is always visible when a larger one is.
--
-- Lengths and sizes are checked by the functions, not by constraints of the tables: the server would read the text of every
-- such constraint anew at every insert (a seventh of the cost of an append, when measured).

CREATE SCHEMA journal;
CREATE SCHEMA vault;

CREATE FUNCTION journal.current_organisation() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('consilium.organisation', true), '')::uuid;

-- Names this incarnation of the log; made by the first relay that asks, so that copies of an empty database differ.
CREATE TABLE journal.identity (
  one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  log_id uuid NOT NULL DEFAULT gen_random_uuid(),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE journal.event (
  stream_id text COLLATE "C" NOT NULL,
  stream_version integer NOT NULL,
  event_id uuid NOT NULL,
  organisation uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  schema_version smallint NOT NULL,
  type text COLLATE "C" NOT NULL,
  salt bytea NOT NULL,
  payload_hash bytea NOT NULL,
  stream_hash bytea NOT NULL,
  meta_bytes bytea NOT NULL,
  payload_bytes bytea STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (stream_id, stream_version),
  CONSTRAINT event_id_unique UNIQUE (event_id)
);

-- For the reconciliation of the quality service: completed reads that no consensus event follows.
CREATE INDEX event_of_consensus ON journal.event (stream_id, stream_version) INCLUDE (type, recorded_at)
  WHERE type IN ('readsCompleted', 'consensusReached', 'disagreementFound');

CREATE SEQUENCE journal.pending_number AS bigint NO CYCLE CACHE 1;

-- Events that have no place in the log yet. Rows come and go all the time: vacuumed by count, not by share.
CREATE TABLE journal.pending (
  number bigint PRIMARY KEY DEFAULT nextval('journal.pending_number'),
  stream_id text COLLATE "C" NOT NULL,
  stream_version integer NOT NULL,
  organisation uuid NOT NULL,
  topic text COLLATE "C" NOT NULL,
  partition smallint NOT NULL
) WITH (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 2000000000
);

CREATE TABLE journal.log (
  global_seq bigint PRIMARY KEY,
  stream_id text COLLATE "C" NOT NULL,
  stream_version integer NOT NULL,
  organisation uuid NOT NULL,
  topic text COLLATE "C" NOT NULL,
  partition smallint NOT NULL,
  partition_seq bigint NOT NULL,
  sequenced_at timestamptz NOT NULL,
  UNIQUE (stream_id, stream_version),
  UNIQUE (topic, partition, partition_seq)
);

-- The end of the log; `epoch` is that of the relay that may write it.
CREATE TABLE journal.head (
  one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  last_global_seq bigint NOT NULL DEFAULT 0,
  epoch bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO journal.head DEFAULT VALUES;

CREATE TABLE journal.partition_head (
  topic text COLLATE "C" NOT NULL,
  partition smallint NOT NULL,
  last_seq bigint NOT NULL,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 20);

CREATE TABLE journal.relay (
  one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
  epoch bigint NOT NULL DEFAULT 0,
  holder text,
  lease_ends_at timestamptz NOT NULL DEFAULT '-infinity',
  published_global_seq bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO journal.relay DEFAULT VALUES;

CREATE TABLE journal.command (
  organisation uuid NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  command_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  request_hash bytea NOT NULL,
  answer text NOT NULL,
  -- [{"streamId": ..., "version": ...}]: where the command left the streams it wrote.
  streams jsonb NOT NULL,
  PRIMARY KEY (organisation, actor_id, command_id)
);

CREATE TYPE journal.claim_status AS ENUM ('held', 'submitted', 'released', 'expired', 'skipped');

CREATE TABLE journal.claim (
  case_id uuid NOT NULL,
  annotator_id uuid NOT NULL,
  organisation uuid NOT NULL,
  project_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  status journal.claim_status NOT NULL,
  lease_ends_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, annotator_id)
) WITH (fillfactor = 70);

-- One data key for each subject, wrapped by a key from outside the database. Erasing destroys `wrapped_key` and keeps the
-- row, so that nobody makes a new key for a subject that is gone.
CREATE TABLE vault.subject_key (
  organisation uuid NOT NULL,
  subject_id uuid NOT NULL,
  key_version integer NOT NULL CHECK (key_version > 0),
  kek_id text NOT NULL,
  wrapped_key bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz,
  PRIMARY KEY (organisation, subject_id, key_version),
  CHECK ((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))
);

-- Append-only, for the owner too: what is written stays.
CREATE FUNCTION journal.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: it is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'CS002';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.event
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.log
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.command
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.identity
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
