import { importCases } from '@consilium/client';
import type { ConsiliumClient } from '@consilium/client';
import { DemonstrationFailed, unexpected } from './demonstration-failed.ts';
import { toCaseInput } from './demonstration-plan.ts';
import type { DemonstrationPlan } from './demonstration-plan.ts';
import type { LidcCase } from './lidc-cases.ts';

export interface ImportOptions {
  readonly lead: ConsiliumClient;
  readonly plan: DemonstrationPlan;
  readonly projectId: string;
  readonly onImported: (cases: number) => void;
  readonly signal: AbortSignal | undefined;
}

const casesPerImport = 100;
const importsAtOnce = 3;

/** Gives the cases by case id, which is all that an annotator sees of a case's identity. A repeat imports nothing. */
export async function importLidcCases(options: ImportOptions): Promise<ReadonlyMap<string, LidcCase>> {
  const { plan, onImported, signal } = options;
  const byId = new Map<string, LidcCase>();
  const firsts = Array.from({ length: Math.ceil(plan.cases.length / casesPerImport) }, (_, n) => n * casesPerImport);
  const work = async (): Promise<void> => {
    for (let first = firsts.shift(); first !== undefined; first = firsts.shift()) {
      signal?.throwIfAborted();
      for (const [caseId, lidcCase] of await importFrom(options, first)) byId.set(caseId, lidcCase);
      onImported(byId.size);
    }
  };
  await Promise.all(Array.from({ length: importsAtOnce }, work));
  return byId;
}

async function importFrom(
  { lead, plan, projectId }: ImportOptions,
  first: number,
): Promise<readonly (readonly [string, LidcCase])[]> {
  const batch = plan.cases.slice(first, first + casesPerImport);
  const cases = batch.map((one, index) => toCaseInput(one, first + index));
  const input = { commandId: `${plan.commandPrefix}-cases-${first}`, projectId, cases };
  const { importCases: answer } = await lead.request(importCases, { input });
  if (answer.__typename !== 'CasesImported') throw unexpected('Importing cases', answer);
  return batch.map((lidcCase, index) => {
    const row = answer.rows[index];
    if (row?.outcome !== 'IMPORTED' && row?.outcome !== 'UNCHANGED') {
      throw new DemonstrationFailed(`Case ${lidcCase.externalKey} was not imported: ${row?.outcome ?? 'no answer'}`);
    }
    if (row.caseId === null) throw new DemonstrationFailed(`Case ${lidcCase.externalKey} was imported without an id`);
    return [row.caseId, lidcCase];
  });
}
