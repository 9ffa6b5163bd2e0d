import { everythingSaid } from './comments.spec.ts';
import { type ApiUnderTest, type Fields, lena, list, type Person, personIdOf, text } from './api-under-test.spec.ts';

export const mutations = {
  createProject: `mutation ($input: CreateProjectInput!) { createProject(input: $input) {
    __typename ... on ProjectCreated { projectId token } ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  adoptProtocol: `mutation ($input: AdoptProtocolInput!) { adoptProtocol(input: $input) {
    __typename ... on ProtocolAdopted { projectId protocolVersion token } ... on Invalid { problems { path code } }
    ... on Refusal { message } } }`,
  registerAnnotator: `mutation ($input: RegisterAnnotatorInput!) { registerAnnotator(input: $input) {
    __typename ... on AnnotatorRegistered { annotatorId token } ... on Invalid { problems { path code } }
    ... on Refusal { message } } }`,
  importCases: `mutation ($input: ImportCasesInput!) { importCases(input: $input) {
    __typename ... on CasesImported { rows { outcome caseId problems { path code } } token }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  claimNextCase: `mutation ($input: ClaimNextCaseInput!) { claimNextCase(input: $input) { ...claim } } ${claimFragment()}`,
  claimCase: `mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { ...claim } } ${claimFragment()}`,
  renewLease: `mutation ($input: RenewLeaseInput!) { renewLease(input: $input) {
    __typename ... on LeaseRenewed { leaseEndsAt } ... on Refusal { message } } }`,
  releaseRead: `mutation ($input: ReleaseReadInput!) { releaseRead(input: $input) {
    __typename ... on ReadEnded { token } ... on Refusal { message } } }`,
  skipRead: `mutation ($input: SkipReadInput!) { skipRead(input: $input) {
    __typename ... on ReadEnded { token } ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  submitAnnotation: `mutation ($input: SubmitAnnotationInput!) { submitAnnotation(input: $input) {
    __typename ... on AnnotationSubmitted { annotationId revision token } ... on Invalid { problems { path code } }
    ... on AlreadySubmitted { revision } ... on StaleRevision { revision } ... on Refusal { message } } }`,
  withdrawAnnotation: `mutation ($input: WithdrawAnnotationInput!) { withdrawAnnotation(input: $input) {
    __typename ... on AnnotationWithdrawn { annotationId token } ... on NotUndone { why }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  restoreAnnotation: `mutation ($input: RestoreAnnotationInput!) { restoreAnnotation(input: $input) {
    __typename ... on AnnotationRestored { annotationId revision token } ... on NotUndone { why }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  reinstateCase: `mutation ($input: ReinstateCaseInput!) { reinstateCase(input: $input) {
    __typename ... on CaseReinstated { caseId token } ... on NotUndone { why }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  moveProtocol: `mutation ($input: MoveProtocolInput!) { moveProtocol(input: $input) {
    __typename ... on ProtocolMoved { done refused remaining cases { caseId why token } }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
  undoChanges: `mutation ($input: UndoChangesInput!) { undoChanges(input: $input) {
    __typename ... on ChangesUndone { done refused remaining cases { caseId why token } }
    ... on Invalid { problems { path code } } ... on Refusal { message } } }`,
} as const;

export const movePreview = `query ($input: ProtocolMoveInput!, $first: Int, $after: Cursor) {
  protocolMovePreview(input: $input, first: $first, after: $after) {
    edges { node { caseId from why reads reopens completes claimsEnded } } pageInfo { hasNextPage endCursor }
    counts { possible impossible reopened completed claimsEnded } more token } }`;

export const undoPreview = `query ($input: UndoInput!, $first: Int, $after: Cursor) {
  undoPreview(input: $input, first: $first, after: $after) {
    edges { cursor node { caseId action why reads reopens annotationId revision submittedAt } }
    pageInfo { hasNextPage endCursor } counts { possible impossible reopened } more token } }`;

function claimFragment(): string {
  return `fragment claim on ClaimResult { __typename
    ... on Claimed { caseId leaseToken leaseEndsAt token
      case { id status externalKey readsWanted readsSubmitted images { id rows } sentences { id version text { es en erased } } } }
    ... on TooManyClaims { held { caseId leaseToken } } ... on Refusal { message } }`;
}

export const everythingOfACase = `id projectId subjectId externalKey position priority status protocolVersion importedAt readsWanted readsSubmitted
  studyKey previousStudy { studyKey imageKeys } clinical { ageYears sex }
  images { id key rows columns isSizeNominal description } sentences { id version origin sameMeaningSince text { es en erased }
    versions { version cause actorId actorRole reason note text { es en } } }
  formerSentences { id linksTo } outdatedAnnotations { annotation { id readId } }
  annotations { id readId annotatorId externalReader revision submittedAt answer imageQualityFlags
    findings { id sentenceId statement { es en erased } labels attributes { name number term } regionIds }
    regions { id imageId system x1 y1 x2 y2 pixels { x1 y1 x2 y2 } } }
  reviews { id readId cause outcome reason note reviewerId endedAt }
  ${everythingSaid}
  consensus { id outcome basedOnVersion regions { id members { readId regionId } } }
  history(first: 100) { edges { cursor node { type at actorId actorRole eventId version globalSeq readId detail } }
    pageInfo { hasNextPage endCursor } }`;

export const protocol = {
  readsPerCase: 3,
  openClaimsMaximum: 5,
  labels: [{ term: 'nodule' }],
  attributes: [{ kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 }],
};

export interface SampleProject {
  readonly projectId: string;
  readonly caseIds: readonly string[];
}

/** A project with readers and cases, the views up to date. */
export async function sampleProject(
  api: ApiUnderTest,
  options: { readonly readers: readonly Person[]; readonly cases: number; readonly protocol?: object },
): Promise<SampleProject> {
  const created = await api.get(lena, mutations.createProject, {
    input: { commandId: 'create', name: 'Chest', protocol: { ...protocol, ...options.protocol } },
  });
  const projectId = text(created, 'projectId');
  for (const reader of options.readers) {
    const input = { commandId: `register ${reader.name}`, projectId, personId: personIdOf(reader) };
    await api.get(lena, mutations.registerAnnotator, { input });
  }
  const cases = Array.from({ length: options.cases }, (_, position) => sampleCase(position));
  const imported = await api.get(lena, mutations.importCases, { input: { commandId: 'import', projectId, cases } });
  await api.project();
  return { projectId, caseIds: list(imported, 'rows').map((row) => text(row, 'caseId')) };
}

export const sampleCase = (position: number): object => ({
  externalKey: `case ${position}`,
  subjectKey: `subject ${position}`,
  position,
  images: [{ key: 'pa', rows: 400, columns: 300, description: 'PA view' }],
  sentences: [{ key: '1', es: 'Nódulo en el lóbulo superior derecho.', en: 'Nodule in the right upper lobe.' }],
});

export interface Claim {
  readonly caseId: string;
  readonly leaseToken: string;
  readonly imageId: string;
  readonly sentenceId: string;
}

export async function claim(api: ApiUnderTest, person: Person, caseId: string, commandId: string): Promise<Claim> {
  const claimed = await api.get(person, mutations.claimCase, { input: { commandId, caseId } });
  return claimOf(claimed);
}

export function claimOf(claimed: Fields): Claim {
  const shown = claimed['case'];
  if (typeof shown !== 'object' || shown === null) throw new Error(JSON.stringify(claimed));
  const fields: Fields = { ...shown };
  const [image, sentence] = [list(fields, 'images')[0] ?? {}, list(fields, 'sentences')[0] ?? {}];
  return {
    caseId: text(claimed, 'caseId'),
    leaseToken: text(claimed, 'leaseToken'),
    imageId: text(image, 'id'),
    sentenceId: text(sentence, 'id'),
  };
}

/** One finding with one box, about the first sentence. */
export const annotation = ({ imageId, sentenceId }: Claim, x1 = '10.50'): object => ({
  answer: 'FINDINGS',
  findings: [
    {
      sentenceId,
      sentenceVersion: 1,
      statement: { es: 'Nódulo.', en: 'A nodule.' },
      labels: ['nodule'],
      attributes: [{ name: 'malignancy', number: 3 }],
      regions: ['a'],
    },
  ],
  regions: [{ key: 'a', imageId, x1, y1: '20', x2: '60', y2: '80.25' }],
});

export const submission = (commandId: string, held: Claim, change: object = {}): object => ({
  commandId,
  caseId: held.caseId,
  leaseToken: held.leaseToken,
  annotation: annotation(held),
  ...change,
});
