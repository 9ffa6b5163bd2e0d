import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { annotatorId, organisationId, projectId } from '@consilium/testing';
import { ViewDatabase } from '../store/view-database.spec.ts';
import { suggestAssigned } from './assignment-queries.ts';

const [mine, others] = [organisationId(1), organisationId(2)];
const project = projectId(1);
/** Of 3,000 cases, in queue order: every case, those from the 2,901st on, none. */
const [ofMany, ofFew, ofNone] = [annotatorId(1), annotatorId(2), annotatorId(3)];
let views: ViewDatabase;

beforeAll(async () => {
  views = await ViewDatabase.create();
  await views.owner.execute({
    text: `INSERT INTO view_1.case_state
        (case_id, organisation, project_id, protocol_version, position, priority, status, reads_submitted)
      SELECT gen_random_uuid(), $1, $2, 1, n, CASE WHEN n = 2950 THEN 1 ELSE 0 END, 'reading', 0
      FROM generate_series(1, 3000) AS n`,
    values: [mine, project],
  });
  await views.owner.execute({
    text: `INSERT INTO view_1.case_assignment (case_id, annotator_id, organisation, is_assigned, from_seq)
      SELECT case_id, given.annotator_id::uuid, organisation, position <> 2902, 1
      FROM view_1.case_state JOIN (VALUES ($1, 1), ($2, 2901)) AS given (annotator_id, first)
        ON position >= given.first`,
    values: [ofMany, ofFew],
  });
});

afterAll(async () => views.drop());

const suggested = async (who: typeof ofMany, organisation = mine): Promise<readonly unknown[]> => {
  const caseIds = await suggestAssigned(views.as(organisation), { projectId: project, annotatorId: who, limit: 4 });
  const found = await views.owner.query({
    text: 'SELECT case_id, position FROM view_1.case_state WHERE case_id = ANY ($1::uuid[])',
    values: [caseIds],
  });
  return caseIds.map((caseId) => found.find(({ case_id }) => case_id === caseId)?.['position']);
};

it('suggests what somebody was given in queue order, whether it is little or much', async () => {
  expect(await suggested(ofMany)).toEqual([2950, 1, 2, 3]);
  expect(await suggested(ofFew)).toEqual([2950, 2901, 2903, 2904]);
  expect(await suggested(ofNone)).toEqual([]);
  expect(await suggested(ofMany, others)).toEqual([]);
});

it('leaves out what they have read or hold, and what a flag holds back', async () => {
  await views.owner.execute({
    text: `INSERT INTO journal.claim (case_id, annotator_id, organisation, project_id, claim_id, status, lease_ends_at)
      SELECT case_id, given.annotator_id::uuid, organisation, project_id, gen_random_uuid(), given.status::journal.claim_status,
        now() + interval '1 hour'
      FROM view_1.case_state JOIN (VALUES ($1, 1, 'held'), ($1, 2, 'submitted'), ($2, 2901, 'skipped')) AS given (annotator_id, at, status)
        ON position = given.at`,
    values: [ofMany, ofFew],
  });
  await views.owner.execute({
    text: `INSERT INTO view_1.case_flag SELECT (jsonb_populate_record(NULL::view_1.case_flag, jsonb_build_object(
        'case_id', case_id, 'flag_id', gen_random_uuid(), 'organisation', organisation, 'project_id', project_id, 'status', 'open',
        'reason', 'identityVisible', 'actor_id', 'somebody', 'actor_role', 'lead', 'event_id', gen_random_uuid(),
        'flagged_at_ms', 1, 'recorded_at_ms', 1, 'from_seq', 1))).*
      FROM view_1.case_state WHERE position IN (3, 2903)`,
  });
  expect(await suggested(ofMany)).toEqual([2950, 4, 5, 6]);
  expect(await suggested(ofFew)).toEqual([2950, 2904, 2905, 2906]);
});
