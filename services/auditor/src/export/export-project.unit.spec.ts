import { describe, expect, it } from '@jest/globals';
import { ConsiliumClient } from '@consilium/client';
import type { ProjectFields, WholeCaseFields } from '@consilium/client';
import { exportProject } from './export-project.ts';
import type { ExportProgress } from './export-project.ts';

const project: ProjectFields = {
  id: 'p1',
  name: 'Chest',
  protocolVersion: 1,
  protocol: {
    readsPerCase: 2,
    readsMaximum: 3,
    leaseSeconds: 60,
    openClaimsMaximum: 5,
    amendWindowSeconds: 0,
    languages: ['ES'],
    labels: [
      { term: 'nodule', group: 'lung', parent: null, codes: [], matchingGate: null, isAlwaysAdjudicated: false },
    ],
    locations: [],
    progressionTerms: [],
    imageQualityFlags: [],
    reportQualityFlags: [],
    attributes: [],
    regionKinds: ['BOX'],
    matchingGate: 0.5,
    disagreements: {
      presence: 'ANOTHER_READ',
      label: 'ADJUDICATE',
      extent: 'RECORD',
      location: 'RECORD',
      progression: 'RECORD',
      sentenceLink: 'RECORD',
      translation: 'RECORD',
    },
    adjudication: { panelSize: 1, roles: ['ADJUDICATOR'], sampledShare: 0.1, readersShown: 'AFTER_DECISION' },
    reviewShare: 0,
    goldShare: 0,
    pausesOnDrift: null,
    readerIdentity: 'NOT_PUBLISHED',
  },
  createdAt: '2026-01-01T00:00:00.000Z',
  progress: {
    cases: 3,
    reading: 1,
    awaitingConsensus: 0,
    settled: 2,
    disputed: 0,
    adjudicating: 0,
    adjudicated: 0,
    finalised: 0,
    excluded: 0,
    withdrawn: 0,
    readsSubmitted: 3,
  },
};

const unread: WholeCaseFields = {
  id: 'c0',
  projectId: 'p1',
  subjectId: 's',
  externalKey: 'k"0\n',
  position: 0,
  priority: 0,
  status: 'READING',
  importedAt: '2026-01-01T00:00:00.000Z',
  studyKey: null,
  previousStudy: null,
  clinical: null,
  images: [
    {
      id: 'i',
      key: 'pa',
      rows: 10,
      columns: 10,
      isSizeNominal: false,
      viewPosition: null,
      sopInstanceUid: null,
      description: null,
    },
  ],
  sentences: [
    { id: 't', version: 1, origin: 'REPORT', machine: null, text: { es: 'Nódulo', en: 'Nodule', erased: false } },
  ],
  readsWanted: 2,
  readsSubmitted: 0,
  annotations: [],
  consensus: null,
};
const nothingThere = {
  id: 'a',
  readId: 'r',
  annotatorId: null,
  externalReader: null,
  revision: 1,
  submittedAt: '2026-01-01T00:00:00.000Z',
  answer: 'NOTHING_THERE',
  findings: [],
  regions: [],
  imageQualityFlags: [],
  reportQualityFlags: [],
} as const;
const pixels = { x1: 1, y1: 2, x2: 3, y2: 4 };
const marked = {
  ...nothingThere,
  answer: 'FINDINGS',
  regions: [{ id: 'm', imageId: 'i', system: 'PIXEL', x1: '1.0', y1: '2', x2: '3', y2: '4', pixels }],
} as const;
const empty: WholeCaseFields = { ...unread, id: 'c1', annotations: [nothingThere, nothingThere] };
const settled: WholeCaseFields = {
  ...unread,
  id: 'c2',
  annotations: [marked],
  consensus: {
    id: 'x',
    outcome: 'SETTLED',
    methodName: 'majority',
    methodVersion: '1',
    methodParameters: '{"gate":0.5}',
    recordedAt: '2026-01-01T00:00:00.000Z',
    basedOnVersion: 9,
    regions: [],
    sentences: [],
  },
};

interface Asked {
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Answers like the api: projects, one project, and pages of one or two cases. */
function client(projects: readonly ProjectFields[], pages: readonly (readonly WholeCaseFields[])[]) {
  const asked: Asked[] = [];
  const answer = ({ operationName, variables }: Asked): unknown => {
    const pageInfo = { hasNextPage: false, endCursor: null };
    if (operationName === 'projects') return { projects: { edges: projects.map((node) => ({ node })), pageInfo } };
    if (operationName === 'beginExport') {
      const beginExport =
        projects.length > 0 ? { __typename: 'ExportBegun', exportId: 'e' } : { __typename: 'NotFound', message: 'no' };
      return { beginExport };
    }
    if (operationName === 'project') return { project: projects.find(({ id }) => id === variables['id']) ?? null };
    const page = Number(variables['after'] ?? 0);
    const hasNextPage = page < pages.length - 1;
    const edges = (pages[page] ?? []).map((node) => ({ node }));
    return { cases: { edges, pageInfo: { hasNextPage, endCursor: hasNextPage ? String(page + 1) : null } } };
  };
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const request = JSON.parse(typeof init?.body === 'string' ? init.body : '') as Asked;
    asked.push(request);
    return new Response(JSON.stringify({ data: answer(request) }));
  };
  return { asked, client: new ConsiliumClient({ url: 'http://api.test/graphql', token: 't', fetch }) };
}

const to = { recipient: 'the registry', purpose: 'training' };

const parse = (line: string): Readonly<Record<string, unknown>> =>
  JSON.parse(line) as Readonly<Record<string, unknown>>;

async function linesOf(source: AsyncGenerator<string>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of source) lines.push(line);
  return lines;
}

describe('an export', () => {
  it('is a header, a line for each case of every page, and a trailer with counts', async () => {
    const progress: ExportProgress[] = [];
    const api = client([project], [[unread, empty], [settled]]);
    const lines = await linesOf(exportProject(api.client, { projectId: 'p1', to }, (page) => progress.push(page)));
    expect(lines.every((line) => line.endsWith('\n') && !line.slice(0, -1).includes('\n'))).toBe(true);
    const [header, first, second, third, trailer] = lines.map(parse);
    expect(header).toMatchObject({ kind: 'header', format: 'consilium-export', version: 1 });
    expect(header?.['project']).toMatchObject({ id: 'p1', name: 'Chest', protocol: project.protocol });
    expect(first).toMatchObject({ kind: 'case', id: 'c0', externalKey: 'k"0\n', sentences: unread.sentences });
    expect([first?.['id'], second?.['id'], third?.['id']]).toEqual(['c0', 'c1', 'c2']);
    expect(third).toMatchObject({ annotations: [marked], consensus: { methodParameters: { gate: 0.5 } } });
    expect(trailer).toEqual({ kind: 'trailer', cases: 3, unreadCases: 1, annotations: 3, regions: 1, consensus: 1 });
    expect(lines).toHaveLength(5);
    expect(progress.map(({ counts, of }) => [counts.cases, of])).toEqual([
      [2, 3],
      [3, 3],
    ]);
  });

  it('tells an unread case from one that was read and has nothing', async () => {
    const lines = await linesOf(
      exportProject(client([project], [[unread, empty]]).client, { projectId: 'p1', to }, () => undefined),
    );
    const [, first, second] = lines.map(parse);
    expect(first).toMatchObject({ read: false, readsSubmitted: 0, annotations: [], consensus: null });
    expect(second).toMatchObject({ read: true, readsSubmitted: 2 });
    expect(second?.['annotations']).toMatchObject([{ answer: 'NOTHING_THERE', annotatorId: null }, {}]);
  });

  it('asks for the next page only when this one was taken', async () => {
    const api = client([project], [[unread, empty], [settled]]);
    const lines = exportProject(api.client, { projectId: 'p1', to }, () => undefined);
    for (let taken = 0; taken < 3; taken += 1) await lines.next();
    expect(api.asked.map(({ operationName }) => operationName)).toEqual(['project', 'beginExport', 'wholeCases']);
    expect(api.asked[1]?.variables['input']).toMatchObject({ projectId: 'p1', ...to });
    await lines.next();
    expect(api.asked.at(-1)?.variables).toMatchObject({ projectId: 'p1', after: '1', first: 100 });
  });

  it('of a project without cases has header and trailer', async () => {
    const lines = await linesOf(
      exportProject(client([project], [[]]).client, { projectId: 'p1', to }, () => undefined),
    );
    expect(lines.map(parse)).toMatchObject([{ kind: 'header' }, { kind: 'trailer', cases: 0 }]);
  });

  it('takes the only project, and asks which one where there are several or none', async () => {
    const lines = await linesOf(
      exportProject(client([project], [[]]).client, { projectId: undefined, to }, () => undefined),
    );
    expect(parse(lines[0] ?? '')).toMatchObject({ project: { id: 'p1' } });
    const other = { ...project, id: 'p2', name: 'Hand' };
    await expect(
      exportProject(client([project, other], []).client, { projectId: undefined, to }, () => undefined).next(),
    ).rejects.toThrow(/choose one with --project\.\n {2}p1 {2}Chest\n {2}p2 {2}Hand/);
    await expect(
      exportProject(client([], []).client, { projectId: undefined, to }, () => undefined).next(),
    ).rejects.toMatchObject({
      exitCode: 4,
    });
    await expect(
      exportProject(client([project], []).client, { projectId: 'p9', to }, () => undefined).next(),
    ).rejects.toMatchObject({
      exitCode: 4,
    });
  });
});
