import { runDemonstration } from '@consilium/demo';
import type { SystemUnderTest } from '../harness/system-under-test.ts';
import { drained } from './submit.ts';

/** Fills an installation with the demonstration: the reads of real radiologists, through the public API. */
export async function fillWithDemonstration(system: SystemUnderTest): Promise<void> {
  const annotator = (number: number) => {
    const { personId, token } = system.person(`annotator-${String(number)}`);
    return { personId, token };
  };
  await runDemonstration({
    graphqlUrl: `http://127.0.0.1:${String(system.api.port)}/graphql`,
    leadToken: system.person('lead').token,
    auditorToken: system.person('auditor').token,
    annotators: [annotator(1), annotator(2), annotator(3), annotator(4)],
  });
  await drained(system);
}
