import type { ApiUnderTest, Fields, Person } from './api-under-test.spec.ts';

const refusals = `... on CommentRefused { why } ... on Invalid { problems { path code } } ... on Refusal { message }`;

/** Commands about what is said of a case. */
export const commentMutations = {
  openThread: `mutation ($input: OpenThreadInput!) { openThread(input: $input) { __typename
    ... on ThreadOpened { caseId threadId commentId token } ${refusals} } }`,
  addComment: `mutation ($input: AddCommentInput!) { addComment(input: $input) { __typename
    ... on CommentAdded { commentId token } ${refusals} } }`,
  correctComment: `mutation ($input: CorrectCommentInput!) { correctComment(input: $input) { __typename
    ... on CommentCorrected { revision token } ${refusals} } }`,
  retractComment: `mutation ($input: RetractCommentInput!) { retractComment(input: $input) { __typename
    ... on CommentRetracted { commentId token } ${refusals} } }`,
  resolveThread: `mutation ($input: TurnThreadInput!) { resolveThread(input: $input) { __typename
    ... on ThreadTurned { isResolved token } ${refusals} } }`,
  reopenThread: `mutation ($input: TurnThreadInput!) { reopenThread(input: $input) { __typename
    ... on ThreadTurned { isResolved token } ${refusals} } }`,
} as const;

/** Everything that is shown of the threads of a case. */
export const everythingSaid = `threads {
  edges { cursor node { id subject { kind sentenceId findingId readId disagreementId } openedAt resolvedAt resolverId
    comments { id revision writtenAt authorId authorRole isOwn text retractedAt retractReason revisions { revision at text } } } }
  pageInfo { hasNextPage endCursor } }`;

export const say = async (
  api: ApiUnderTest,
  person: Person,
  command: keyof typeof commentMutations,
  input: object,
): Promise<Fields> => api.get(person, commentMutations[command], { input });

interface ShownThread extends Fields {
  readonly comments: readonly Fields[];
}

/** The threads of a case as this person is shown them. */
export async function threadsShown(
  api: ApiUnderTest,
  person: Person,
  caseId: string,
  asOf?: object,
): Promise<readonly ShownThread[]> {
  await api.project();
  const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { ${everythingSaid} } }`;
  const { threads } = await api.get(person, query, { id: caseId, asOf });
  return (threads as { readonly edges: readonly { readonly node: ShownThread }[] }).edges.map(({ node }) => node);
}

/** What was said in the threads that this person is shown, as one list. */
export const textsShown = async (
  api: ApiUnderTest,
  person: Person,
  caseId: string,
  asOf?: object,
): Promise<readonly unknown[]> =>
  (await threadsShown(api, person, caseId, asOf)).flatMap(({ comments }) => comments.map((each) => each['text']));
