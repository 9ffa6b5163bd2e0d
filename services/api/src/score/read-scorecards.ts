import { scoresOf } from '@consilium/read-model';
import type { AnswerScoreView } from '@consilium/read-model';
import { type AwaitPorts, awaitChange } from '../change/await-change.ts';
import { demandOthersWork } from '../platform/demand-project.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { QueryScorecardsArguments, Scorecards } from '../schema/generated/schema-types.ts';
import { scorecardMethod, scorecardsOf } from './scorecards-of.ts';

/** Answers that enter. */
const mostAnswers = 20_000;
const rowsAtOnce = 1_000;

/** @throws GraphQLError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, and those of `awaitChange` */
export async function readScorecards(
  ports: AwaitPorts & { readonly facts: ProjectFacts },
  scope: RequestScope,
  { projectId: id, afterChange }: QueryScorecardsArguments,
): Promise<Scorecards> {
  await awaitChange(ports, scope, afterChange);
  const projectId = await demandOthersWork(scope, id);
  const answer = { projectId, method: scorecardMethod };
  if (await ports.facts.hidesReaders(scope.viewer.organisation, projectId)) {
    return { ...answer, withheld: 'readersNotKnown', answers: 0, hasOlder: false, pooled: [], annotators: [] };
  }
  const scores: AnswerScoreView[] = [];
  for (let isLast = false; !isLast && scores.length <= mostAnswers;) {
    const page = await scoresOf(scope.session, { projectId, limit: rowsAtOnce, before: scores.at(-1) });
    scores.push(...page);
    isLast = page.length < rowsAtOnce;
  }
  const entering = scores.slice(0, mostAnswers);
  return {
    ...answer,
    withheld: null,
    answers: entering.length,
    hasOlder: scores.length > mostAnswers,
    ...scorecardsOf(entering),
  };
}
