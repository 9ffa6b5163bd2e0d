import { demonstrationName, demonstrationTable, runDemonstration } from '@consilium/demo';
import type { DemonstrationOutcome } from '@consilium/demo';
import { countEvents } from './event-counts.ts';
import type { PersonName } from './people.ts';
import { personNamed } from './seed-people.ts';
import type { ServingConsilium } from './start-consilium.ts';
import type { Terminal } from './terminal.ts';

export interface DemonstrationRequest {
  readonly serving: ServingConsilium;
  readonly limit: number | undefined;
  /** CONSILIUM_TOPIC_PREFIX, if that is set. */
  readonly topicPrefix: string | undefined;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Runs it unless it is there, and shows its table. Answers whether every figure was as expected. */
export async function showDemonstration(request: DemonstrationRequest): Promise<boolean> {
  const { serving, limit, topicPrefix, terminal, signal } = request;
  const { url, people, stack } = serving;
  const person = (name: PersonName): { readonly personId: string; readonly token: string } => personNamed(people, name);
  let outcome: DemonstrationOutcome | undefined;
  await terminal.phase('demonstration', async (progress) => {
    outcome = await runDemonstration({
      graphqlUrl: `${url}/graphql`,
      leadToken: person('lead').token,
      auditorToken: person('auditor').token,
      annotators: [person('annotator-1'), person('annotator-2'), person('annotator-3'), person('annotator-4')],
      ...(limit === undefined ? {} : { limit }),
      onProgress: ({ stage, done, of }) => progress(`${stage} ${done} of ${of}`, done / of),
      countEvents: () => countEvents(stack.urls, topicPrefix),
      signal,
    });
    return describeOutcome(outcome);
  });
  if (outcome?.kind !== 'done') return true;
  const { lines, wrong } = demonstrationTable(outcome);
  terminal.line();
  for (const line of lines) terminal.line(line);
  return wrong.length === 0;
}

function describeOutcome(outcome: DemonstrationOutcome): string {
  const { cases, annotations } = outcome.kind === 'done' ? outcome.figures : outcome;
  const size = `${cases.toLocaleString('en-US')} cases, ${annotations.toLocaleString('en-US')} annotations`;
  return outcome.kind === 'done'
    ? `${demonstrationName}: ${size}`
    : `${demonstrationName} is there already (${size}): nothing was imported`;
}
