/**
 * SQL that gives the states of `cases` (a relation with the columns of `case_state`, in parentheses) at the number in parameter
 * $2, in the columns that `case_state` has of the present. A case that was not there yet has none.
 */
export const caseStatesThen = (cases: string): string => `
  SELECT known.case_id, known.project_id, known.position, known.priority,
    coalesce(moved.protocol_version, imported.protocol_version) AS protocol_version,
    version.status, reads.submitted AS reads_submitted,
    (
      SELECT count(*) FROM read_model.case_event AS asked
      WHERE asked.case_id = known.case_id AND asked.type = 'extraReadRequested' AND asked.global_seq <= $2
    )::integer AS extra_reads
  FROM ${cases} AS known
  JOIN read_model.case_file AS imported ON imported.case_id = known.case_id
  LEFT JOIN LATERAL (
    SELECT moved.protocol_version FROM read_model.case_protocol_version AS moved
    WHERE moved.case_id = known.case_id AND moved.from_seq <= $2
    ORDER BY moved.from_seq DESC LIMIT 1
  ) AS moved ON true
  CROSS JOIN LATERAL (
    SELECT version.status FROM read_model.case_version AS version
    WHERE version.case_id = known.case_id AND version.from_seq <= $2
    ORDER BY version.from_seq DESC LIMIT 1
  ) AS version
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE latest.counts) AS submitted
    FROM read_model.read
    CROSS JOIN LATERAL (
      SELECT version.counts FROM read_model.annotation_version AS version
      WHERE version.case_id = read.case_id AND version.read_id = read.read_id AND version.from_seq <= $2
      ORDER BY version.from_seq DESC LIMIT 1
    ) AS latest
    WHERE read.case_id = known.case_id AND read.purpose = 'overlap'
  ) AS reads`;
