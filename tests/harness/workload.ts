import { randomUUID } from 'node:crypto';
import { claimCase, ConsiliumClient, createProject, importCases, registerAnnotator } from '@consilium/client';
import type { AnnotationInput, CaseInput, SubmitAnnotationInput } from '@consilium/client';
import type { Person, SystemUnderTest } from './system-under-test.ts';

/** A claimed read, ready to be submitted. */
export interface HeldRead {
  readonly client: ConsiliumClient;
  readonly caseId: string;
  readonly imageId: string;
  readonly leaseToken: string;
}

export interface Workload {
  readonly projectId: string;
  /** The token of its creation: what is asked `after` it finds the project. */
  readonly createdToken: string;
  readonly lead: ConsiliumClient;
  readonly annotators: readonly ConsiliumClient[];
  /** Imports this many further cases and gives their ids. */
  readonly importMore: (count: number) => Promise<readonly string[]>;
  /** Has every annotator claim every one of the cases. */
  readonly claimAll: (caseIds: readonly string[], inFlight?: number) => Promise<readonly HeldRead[]>;
  readonly close: () => Promise<void>;
}

const labels = [
  'nodule',
  'effusion',
  'atelectasis',
  'cardiomegaly',
  'infiltrate',
  'pneumothorax',
  'fracture',
  'hernia',
];

/** A project whose every case is read by all of `readers` annotators. */
export async function startWorkload(system: SystemUnderTest, readers: number): Promise<Workload> {
  const clientOf = ({ token }: Person): ConsiliumClient =>
    new ConsiliumClient({ url: `${system.api.url}/graphql`, token, attempts: 30 });
  const lead = clientOf(system.person('lead'));
  const people = Array.from({ length: readers }, (_, index) => system.person(`annotator-${String(index + 1)}`));
  const created = (
    await lead.request(createProject, {
      input: {
        commandId: randomUUID(),
        name: 'Workload',
        protocol: {
          readsPerCase: readers,
          leaseSeconds: 86_400,
          openClaimsMaximum: 10_000,
          labels: labels.map((term) => ({ term })),
          locations: [{ term: 'right upper lobe' }, { term: 'left lower lobe' }],
          attributes: [{ kind: 'ORDINAL', name: 'certainty', minimum: 1, maximum: 5 }],
          matchingGate: 0.5,
          readerIdentity: 'KNOWN',
        },
      },
    })
  ).createProject;
  if (created.__typename !== 'ProjectCreated') throw new Error(created.message);
  const { projectId, token: createdToken } = created;
  for (const { personId } of people) {
    const input = { commandId: randomUUID(), projectId, personId };
    const answer = (await lead.request(registerAnnotator, { input })).registerAnnotator;
    if (answer.__typename !== 'AnnotatorRegistered') throw new Error(answer.message);
  }
  const annotators = people.map(clientOf);
  let imported = 0;
  const importMore = async (count: number): Promise<readonly string[]> => {
    const caseIds: string[] = [];
    while (caseIds.length < count) {
      const size = Math.min(100, count - caseIds.length);
      const rows = Array.from({ length: size }, (_, row) => caseInput(imported + row));
      imported += size;
      const answer = (await lead.request(importCases, { input: { commandId: randomUUID(), projectId, cases: rows } }))
        .importCases;
      if (answer.__typename !== 'CasesImported') throw new Error(answer.message);
      caseIds.push(...answer.rows.map(({ caseId }) => caseId ?? ''));
    }
    return caseIds;
  };
  return {
    projectId,
    createdToken,
    lead,
    annotators,
    importMore,
    claimAll: (caseIds, inFlight = 16) => {
      const wanted = annotators.flatMap((client) => caseIds.map((caseId) => ({ client, caseId })));
      return inParallel(inFlight, wanted, ({ client, caseId }) => claim(client, caseId));
    },
    close: async () => {
      await Promise.all([lead, ...annotators].map((client) => client.close()));
    },
  };
}

const caseInput = (position: number): CaseInput => ({
  externalKey: `study-${String(position)}`,
  subjectKey: `patient-${String(position % 500)}`,
  position,
  priority: 0,
  images: [{ key: 'frontal', rows: 2_000, columns: 2_000 }],
  sentences: [],
});

async function claim(client: ConsiliumClient, caseId: string): Promise<HeldRead> {
  const answer = (await client.request(claimCase, { input: { commandId: randomUUID(), caseId } })).claimCase;
  if (answer.__typename !== 'Claimed') throw new Error(`claim: ${answer.__typename}`);
  return { client, caseId, imageId: answer.case.images[0]?.id ?? '', leaseToken: answer.leaseToken };
}

/** Eight findings with a sentence in Spanish and English each, and five boxes. */
const reportedAnnotation = (imageId: string, seed: number): AnnotationInput => ({
  answer: 'FINDINGS',
  findings: labels.map((label, index) => ({
    statement: {
      es: `Se observa hallazgo compatible con ${label} en el campo pulmonar, sin cambios respecto al estudio previo (${String(index)}).`,
      en: `There is a finding compatible with ${label} in the lung field, unchanged from the previous study (${String(index)}).`,
    },
    polarity: index < 5 ? 'POSITIVE' : 'NEGATIVE',
    labels: [label],
    locations: ['right upper lobe'],
    attributes: [{ name: 'certainty', number: 1 + ((seed + index) % 5) }],
    regions: index < 5 ? [`box-${String(index)}`] : [],
  })),
  regions: Array.from({ length: 5 }, (_, index) => {
    const [x, y] = [100 + index * 300 + (seed % 20), 200 + index * 250 + (seed % 15)];
    return {
      key: `box-${String(index)}`,
      imageId,
      system: 'PIXEL' as const,
      x1: `${String(x)}.25`,
      y1: String(y),
      x2: `${String(x + 150)}.75`,
      y2: String(y + 180),
    };
  }),
  imageQualityFlags: [],
  reportQualityFlags: [],
});

export const submission = (read: HeldRead, seed: number): SubmitAnnotationInput => ({
  commandId: randomUUID(),
  caseId: read.caseId,
  leaseToken: read.leaseToken,
  revision: 0,
  annotation: reportedAnnotation(read.imageId, seed),
});

/** Runs `work` over the items with this many under way at a time; the answers stand in the order of the items. */
export async function inParallel<Item, Answer>(
  inFlight: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      const item = items[index];
      if (item !== undefined) answers[index] = await work(item, index);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return answers;
}
