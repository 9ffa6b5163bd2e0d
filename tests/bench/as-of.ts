import { eventStoreMigrations } from '@consilium/event-store';
import { Database, migrate } from '@consilium/postgres';
import { findCaseAsOf, hasPassed, readModelMigrations, submittedReadsAsOf } from '@consilium/read-model';
import type { CaseId, OrganisationId } from '@consilium/domain';
import { type Figure, quantile } from './figure.ts';

const sizes = [10_000, 1_000_000] as const;
const asked = 2_000;
const organisation = '00000000-0000-4000-8000-000000000001' as OrganisationId;
const project = '00000000-0000-4000-8000-000000000002';
/** Half of all versions are one case's own, the other half those of cases beside it, with four each. */
const longCase = '00000000-0000-4000-8000-000000000003' as CaseId;
const payload = JSON.stringify({
  externalKey: { state: 'erased' },
  images: [],
  sentences: [],
  annotation: { answer: 'nothingThere', findings: [], regions: [], imageQualityFlags: [], reportQualityFlags: [] },
});

/**
 * One case as it was at any number of the log, asked for as the API does: whether the views have passed the number, the case,
 * and its annotations. `url` is that of an empty database.
 */
export async function benchAsOf(url: string): Promise<readonly Figure[]> {
  await migrate({ url, migrations: [...(await eventStoreMigrations()), ...(await readModelMigrations())] });
  const owner = new Database({ url, applicationName: 'consilium-bench', poolSize: 2 });
  const api = new Database({ url, role: 'consilium_api', applicationName: 'consilium-bench', poolSize: 1 });
  try {
    const figures: Figure[] = [];
    let from = 0;
    for (const size of sizes) {
      await fill(owner, from, size);
      from = size;
      const millis = await measure(api, size);
      figures.push({
        name: `asOf of one case at ${size.toLocaleString('en')} versions, 99th percentile`,
        value: quantile(millis, 0.99),
        unit: 'ms',
        target: { relation: 'below', value: 5 },
        note: `${asked.toLocaleString('en')} numbers and cases at random; median ${quantile(millis, 0.5).toFixed(2)} ms`,
      });
    }
    return figures;
  } finally {
    await Promise.all([api.close(), owner.close()]);
  }
}

/** Versions of case and annotation, a pair for each number from `from` + 1 to `to`: even numbers are the long case's. */
async function fill(owner: Database, from: number, to: number): Promise<void> {
  const caseOf =
    "CASE WHEN n % 2 = 0 THEN $3::uuid ELSE ('00000000-0000-4000-9000-' || lpad((n / 8)::text, 12, '0'))::uuid END";
  const numbers = 'generate_series($1::integer + 1, $2::integer) AS n';
  const range = [from, to, longCase];
  const statements = [
    {
      text: `INSERT INTO view_1.case_version (case_id, from_seq, organisation, status)
        SELECT ${caseOf}, n, $4, CASE WHEN n % 4 < 2 THEN 'settled' ELSE 'reading' END FROM ${numbers}`,
      values: [...range, organisation],
    },
    {
      text: `INSERT INTO view_1.annotation_version
          (case_id, read_id, from_seq, organisation, annotator_id, claim_id, annotation_id, revision, counts, event_id,
            recorded_at_ms, payload)
        SELECT ${caseOf}, ${caseOf}, n, $4, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n, true, gen_random_uuid(), n,
          convert_to($5, 'UTF8') FROM ${numbers}`,
      values: [...range, organisation, payload],
    },
    {
      text: `INSERT INTO view_1.case_file
          (case_id, organisation, project_id, subject_id, protocol_version, imported_event_id, imported_at_ms, payload)
        SELECT DISTINCT ${caseOf}, $4::uuid, $5::uuid, gen_random_uuid(), 1, gen_random_uuid(), 0, convert_to($6, 'UTF8')
        FROM ${numbers} ON CONFLICT DO NOTHING`,
      values: [...range, organisation, project, payload],
    },
    {
      text: `INSERT INTO view_1.case_state
          (case_id, organisation, project_id, protocol_version, position, priority, status, reads_submitted)
        SELECT DISTINCT ${caseOf}, $4::uuid, $5::uuid, 1, 0, 0, 'settled', 1 FROM ${numbers} ON CONFLICT DO NOTHING`,
      values: [...range, organisation, project],
    },
    {
      text: `INSERT INTO view_1.read (case_id, read_id, organisation, annotator_id, claim_id, status, claimed_at_ms)
        SELECT DISTINCT ${caseOf}, ${caseOf}, $4::uuid, gen_random_uuid(), gen_random_uuid(), 'submitted', 0
        FROM ${numbers} ON CONFLICT DO NOTHING`,
      values: [...range, organisation],
    },
  ];
  for (const statement of statements) await owner.execute(statement);
  await owner.execute({ text: 'ANALYZE' });
}

async function measure(api: Database, size: number): Promise<readonly number[]> {
  const session = api.forOrganisation(organisation);
  const millis: number[] = [];
  const warmUp = 50;
  for (let count = -warmUp; count < asked; count += 1) {
    const sequence = 10 + Math.floor(Math.random() * (size - 10));
    const other = String(Math.floor(sequence / 8) - 1).padStart(12, '0');
    const caseId = count % 2 === 0 ? longCase : (`00000000-0000-4000-9000-${other}` as CaseId);
    const start = performance.now();
    const passed = await hasPassed(session, sequence);
    const found = await findCaseAsOf(session, caseId, sequence);
    const reads = await submittedReadsAsOf(session, [caseId], sequence);
    if (count >= 0) millis.push(performance.now() - start);
    if (!passed || found?.readsSubmitted !== 1 || reads.get(caseId)?.length !== 1) {
      throw new Error(`${caseId} at ${String(sequence)} is not what it was`);
    }
  }
  return millis;
}
