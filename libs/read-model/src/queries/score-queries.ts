import type {
  AnnotatorId,
  CaseId,
  Instant,
  ProjectId,
  ReadId,
  ScoredItem,
  ScoredRegions,
  ScoredTruth,
} from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable, Row } from '@consilium/postgres';
import { rowsFor } from './page.ts';
import { readIdentifier, readInstant } from './read-identifier.ts';
import { readScore } from './stored-json.ts';

/** What an answer was worth, by the truth that its case has now. */
export interface AnswerScoreView {
  readonly caseId: CaseId;
  readonly readId: ReadId;
  readonly annotatorId: AnnotatorId;
  /** Of the event that said so: when the truth was known. */
  readonly seq: number;
  readonly scoredAt: Instant;
  readonly source: ScoredTruth['kind'];
  /** Of what was adjudicated; null of gold. */
  readonly samplingProbability: number | null;
  readonly activeMs: number | null;
  readonly items: readonly ScoredItem[];
  readonly regions: ScoredRegions;
}

/**
 * The newest first, at most `limit` (1 to 1,000) before the place `before`. A score counts while its truth does: gold that is
 * served, in its newest truth; the decision that holds. Those of cases that were withdrawn or excluded count nothing.
 */
export async function scoresOf(
  session: Queryable,
  {
    projectId,
    limit,
    before,
  }: {
    readonly projectId: ProjectId;
    readonly limit: number;
    readonly before?: Pick<AnswerScoreView, 'seq' | 'readId'> | undefined;
  },
): Promise<readonly AnswerScoreView[]> {
  const rows = await session.query({
    name: 'view-scores',
    text: `SELECT score.case_id, score.read_id, score.annotator_id, score.from_seq, score.recorded_at_ms, score.source, score.score
      FROM read_model.annotator
      CROSS JOIN LATERAL (
        SELECT score.* FROM read_model.answer_score AS score
        JOIN read_model.case_state AS state ON state.case_id = score.case_id
        LEFT JOIN read_model.gold ON gold.case_id = score.case_id
        WHERE score.annotator_id = annotator.annotator_id
          AND ($3::bigint IS NULL OR (score.from_seq, score.read_id) < ($3, $4::uuid))
          AND state.status NOT IN ('withdrawn', 'excluded')
          AND CASE score.source
            WHEN 'gold' THEN gold.is_active AND gold.truth_version = score.truth_version
            ELSE state.status IN ('adjudicated', 'finalised') AND NOT EXISTS (
              SELECT FROM read_model.answer_score AS later
              WHERE later.case_id = score.case_id AND later.read_id = score.read_id AND later.from_seq > score.from_seq
            )
          END
        ORDER BY score.annotator_id DESC, score.from_seq DESC, score.read_id DESC
        LIMIT $2
      ) AS score
      WHERE annotator.project_id = $1
      ORDER BY score.from_seq DESC, score.read_id DESC
      LIMIT $2`,
    values: [projectId, rowsFor(limit) - 1, before?.seq ?? null, before?.readId ?? null],
  });
  return rows.map(scoreOf);
}

function scoreOf(row: Row): AnswerScoreView {
  const { activeMs, samplingProbability, items, regions } = readScore(row);
  return {
    caseId: readIdentifier(row, 'case_id'),
    readId: readIdentifier(row, 'read_id'),
    annotatorId: readIdentifier(row, 'annotator_id'),
    seq: readInteger(row, 'from_seq'),
    scoredAt: readInstant(row, 'recorded_at_ms'),
    source: readText(row, 'source') === 'gold' ? 'gold' : 'adjudicated',
    samplingProbability,
    activeMs,
    items,
    regions,
  };
}
