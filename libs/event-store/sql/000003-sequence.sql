-- Gives pending events their places in the log: dense over all, and dense within each (topic, partition). A visible row is a
-- committed row, and of one stream the rows become visible in order, so the visible rows in order of their numbers never
-- skip an event and never turn a stream around, whatever is still open elsewhere. No transaction id is read or stored.
-- A snapshot held open for long (a dump of the database) keeps the removed rows in the index, and each call passes them all:
-- about 0.1 ms for every thousand events sequenced meanwhile. That slows the sequencer and nothing else, and ends with it.
-- Raises CS001 when a newer relay has taken over: its epoch is written under the same row lock.
CREATE FUNCTION journal.sequence(p_epoch bigint, p_limit integer) RETURNS integer
LANGUAGE plpgsql
-- The size of pending changes from moment to moment, so that no statistics fit it; the index always does.
SET enable_seqscan = off
AS $$
DECLARE
  v_last bigint;
  v_epoch bigint;
  v_bound bigint;
  v_count integer;
BEGIN
  SELECT head.epoch INTO v_epoch FROM journal.head;
  -- A poll that finds nothing writes nothing.
  IF v_epoch = p_epoch AND NOT EXISTS (SELECT FROM journal.pending) THEN
    RETURN 0;
  END IF;

  SELECT head.last_global_seq, head.epoch INTO v_last, v_epoch FROM journal.head FOR UPDATE;
  IF v_epoch IS DISTINCT FROM p_epoch THEN
    RAISE EXCEPTION 'epoch % was fenced by epoch %', p_epoch, v_epoch USING ERRCODE = 'CS001';
  END IF;

  -- Rows below the bound that become visible only now are taken too: it bounds the work, not the order.
  SELECT pending.number INTO v_bound FROM journal.pending ORDER BY pending.number OFFSET p_limit - 1 LIMIT 1;

  WITH batch AS (
    DELETE FROM journal.pending
    WHERE pending.number <= coalesce(v_bound, 9223372036854775807)
    RETURNING pending.number, pending.stream_id, pending.stream_version, pending.organisation, pending.topic,
      pending.partition
  ),
  numbered AS (
    SELECT batch.*,
      row_number() OVER (ORDER BY batch.number) AS place,
      row_number() OVER (PARTITION BY batch.topic, batch.partition ORDER BY batch.number) AS partition_place,
      count(*) OVER (PARTITION BY batch.topic, batch.partition) AS partition_count
    FROM batch
  ),
  moved AS (
    INSERT INTO journal.partition_head AS ends (topic, partition, last_seq)
    SELECT numbered.topic, numbered.partition, numbered.partition_count FROM numbered WHERE numbered.partition_place = 1
    ON CONFLICT (topic, partition) DO UPDATE SET last_seq = ends.last_seq + excluded.last_seq
    RETURNING ends.topic, ends.partition, ends.last_seq
  ),
  logged AS (
    INSERT INTO journal.log
      (global_seq, stream_id, stream_version, organisation, topic, partition, partition_seq, sequenced_at)
    SELECT v_last + numbered.place, numbered.stream_id, numbered.stream_version, numbered.organisation, numbered.topic,
      numbered.partition, moved.last_seq - numbered.partition_count + numbered.partition_place, clock_timestamp()
    FROM numbered
    JOIN moved ON moved.topic = numbered.topic AND moved.partition = numbered.partition
    RETURNING 1
  )
  SELECT count(*) INTO v_count FROM logged;

  UPDATE journal.head SET last_global_seq = v_last + v_count WHERE v_count > 0;
  RETURN v_count;
END $$;
