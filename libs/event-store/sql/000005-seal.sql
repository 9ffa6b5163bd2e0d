-- Sealing: the Merkle tree over the log as tiles, and its signed heads (docs/adr/0007). The tree has exactly the leaves of the
-- newest checkpoint, because both are written together. A tile only grows, and a head is never changed, whoever asks.

CREATE TABLE journal.merkle_tile (
  level smallint NOT NULL,
  index bigint NOT NULL,
  -- 1 to 256 of 32 bytes each.
  hashes bytea STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (level, index)
);

CREATE TABLE journal.checkpoint (
  -- Leaves: the number of the last event in it.
  size bigint PRIMARY KEY,
  -- C2SP signed note.
  note text NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION journal.refuse_other_hashes() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF octet_length(NEW.hashes) NOT BETWEEN 32 AND 8192 OR octet_length(NEW.hashes) % 32 <> 0 THEN
    RAISE EXCEPTION 'a tile has 1 to 256 hashes' USING ERRCODE = 'CS003';
  END IF;
  IF TG_OP = 'UPDATE' AND ((NEW.level, NEW.index) <> (OLD.level, OLD.index)
    OR substr(NEW.hashes, 1, octet_length(OLD.hashes)) <> OLD.hashes) THEN
    RAISE EXCEPTION 'tile %/% has other hashes', OLD.level, OLD.index USING ERRCODE = 'CS002';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER only_grows BEFORE INSERT OR UPDATE ON journal.merkle_tile
  FOR EACH ROW EXECUTE FUNCTION journal.refuse_other_hashes();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON journal.merkle_tile
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();

-- Stores a head with the tiles that it needs. Raises CS001 when a newer relay has taken over, and CS003 where the head does
-- not come next after that of `p_size_before` (0 before the first), or has more leaves than the log has events.
CREATE FUNCTION journal.seal(
  p_epoch bigint, p_size_before bigint, p_size bigint, p_note text,
  p_levels smallint[], p_indexes bigint[], p_hashes bytea[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_epoch bigint;
  v_last bigint;
BEGIN
  -- Two seals of one epoch wait for each other here, and the second finds another size before it.
  SELECT head.epoch, head.last_global_seq INTO v_epoch, v_last FROM journal.head FOR NO KEY UPDATE;
  IF v_epoch <> p_epoch THEN
    RAISE EXCEPTION 'epoch % was fenced by epoch %', p_epoch, v_epoch USING ERRCODE = 'CS001';
  END IF;
  IF p_size_before <> coalesce((SELECT max(checkpoint.size) FROM journal.checkpoint), 0)
    OR p_size <= p_size_before OR p_size > v_last THEN
    RAISE EXCEPTION 'a head of % does not come next', p_size USING ERRCODE = 'CS003';
  END IF;
  INSERT INTO journal.merkle_tile AS tile (level, index, hashes)
    SELECT given.level, given.index, given.hashes
    FROM unnest(p_levels, p_indexes, p_hashes) AS given (level, index, hashes)
    ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes;
  INSERT INTO journal.checkpoint (size, note) VALUES (p_size, p_note);
END $$;

-- They are about no organisation: hashes and counts.
GRANT SELECT ON journal.merkle_tile, journal.checkpoint TO consilium_relay, consilium_api;
GRANT INSERT, UPDATE (hashes) ON journal.merkle_tile TO consilium_relay;
GRANT INSERT (size, note) ON journal.checkpoint TO consilium_relay;
