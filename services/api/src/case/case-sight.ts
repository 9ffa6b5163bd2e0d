import { isBlinded, protocolLimits } from '@consilium/domain';
import type { AnnotatorId, CaseId, Instant, ProjectId, Protocol, Role } from '@consilium/domain';
import { readsOf } from '@consilium/read-model';
import type { CaseView, ReadView } from '@consilium/read-model';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { Point } from '../as-of/resolve-point.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { SentenceChangeAt } from '../sentence/sentence-history.ts';

/** What of a case this viewer may see. */
export interface CaseSight {
  readonly isAnnotator: boolean;
  /** Nothing of other people's reads. */
  readonly isBlinded: boolean;
  /** The viewer as annotator of the case's project. */
  readonly annotatorId: AnnotatorId;
  /** The viewer's reads of the case, which they may always see. */
  readonly ownReads: readonly ReadView[];
  /**
   * Until when an annotator stays blinded though all else would show them the case: their own read may be amended until then, by
   * the store's clock.
   */
  readonly amendableUntil: Instant | undefined;
  /** The source withholds who read what: nobody is told. */
  readonly hidesReaders: boolean;
}

/** A case with what may be seen of it: every resolver of a field of a case starts from this. */
export interface SeenCase {
  readonly view: CaseView;
  readonly sight: CaseSight;
  /** Where `view` was taken from; undefined of the present. `sight` is of the present in any case. */
  readonly point?: Point | undefined;
  /** To its sentences, where `view` was taken from the journal. */
  readonly changes?: readonly SentenceChangeAt[];
}

/**
 * Of a page of cases in at most one query, and none for those who read nothing. Cases of a project that others of the viewer's role
 * act in are left out.
 */
export async function seeCases(
  facts: ProjectFacts,
  scope: RequestScope,
  found: readonly CaseView[],
): Promise<readonly SeenCase[]> {
  const areShown = await Promise.all(found.map(async ({ projectId }) => scope.actsIn(projectId)));
  const views = found.filter((_, index) => areShown[index] === true);
  const isAnnotator = new Map<ProjectId, boolean>();
  for (const { projectId } of views) {
    if (!isAnnotator.has(projectId)) isAnnotator.set(projectId, await scope.isAnnotatorOf(projectId));
  }
  const ownReads = await ownReadsOf(
    scope,
    views.filter(({ projectId }) => isAnnotator.get(projectId) === true),
  );
  const protocols = await protocolsOf(facts, scope, views);
  const protocolAt = (view: CaseView, version: number) => protocols.get(versionOf(view.projectId, version));
  const seen: SeenCase[] = [];
  let now: Promise<Instant> | undefined;
  const clock = async (): Promise<Instant> => (now ??= scope.storeClock());
  for (const view of views) {
    const reads = ownReads.get(view.caseId);
    const protocol = protocolAt(view, view.protocolVersion);
    const amendableUntil = showsSettled.has(view.status) ? await openWindow(clock, reads, protocol) : undefined;
    seen.push({
      view,
      sight: {
        isAnnotator: isAnnotator.get(view.projectId) === true,
        annotatorId: scope.annotatorId(view.projectId),
        ownReads: reads ?? [],
        isBlinded: isBlinded({
          isAnnotatorOfProject: isAnnotator.get(view.projectId) === true,
          ownRead: ownReadState(reads),
          isAmendWindowOpen: amendableUntil !== undefined,
          caseStatus: view.status,
          isGoldKept: reads?.some((read) => read.isGoldKept) ?? false,
        }),
        amendableUntil,
        hidesReaders: hidesReaders(protocolAt(view, view.importedUnder), protocol, scope.viewer.role, view),
      },
    });
  }
  return seen;
}

const showsSettled: ReadonlySet<CaseView['status']> = new Set(['settled', 'adjudicated', 'finalised']);

/**
 * Asked of settled cases alone, for the others show nothing anyway: the end of the window in which the own read may be amended, if
 * that is still to come. It runs from the newest revision here, which is never earlier than what the case's decider takes: who may
 * still amend is never shown others' reads.
 */
async function openWindow(
  clock: () => Promise<Instant>,
  reads: readonly ReadView[] | undefined,
  protocol: Protocol | undefined,
): Promise<Instant | undefined> {
  const givenAt = reads?.find(({ submission }) => submission !== undefined)?.submission?.submittedAt;
  const windowMs = protocol?.amendWindowMs ?? protocolLimits.amendWindowMs;
  if (givenAt === undefined || windowMs === 0) return undefined;
  const until = (givenAt + windowMs) as Instant;
  return (await clock()) < until ? until : undefined;
}

/** An annotator has one id a project, and a page may be of several projects. */
async function ownReadsOf(
  scope: RequestScope,
  views: readonly CaseView[],
): Promise<ReadonlyMap<CaseId, readonly ReadView[]>> {
  const byProject = Map.groupBy(views, ({ projectId }) => projectId);
  const found = await Promise.all(
    [...byProject].map(async ([projectId, cases]) =>
      readsOf(
        scope.session,
        cases.map(({ caseId }) => caseId),
        scope.annotatorId(projectId),
      ),
    ),
  );
  return new Map(found.flatMap((reads) => [...reads]));
}

function ownReadState(reads: readonly ReadView[] | undefined): 'none' | 'unsubmitted' | 'submitted' {
  if (reads === undefined || reads.length === 0) return 'none';
  return reads.some(({ submission }) => submission !== undefined) ? 'submitted' : 'unsubmitted';
}

const versionOf = (projectId: ProjectId, version: number): string => `${projectId} ${String(version)}`;

/** The protocols that the cases were imported under, and those they go by. */
async function protocolsOf(
  facts: ProjectFacts,
  { viewer }: RequestScope,
  views: readonly CaseView[],
): Promise<ReadonlyMap<string, Protocol | undefined>> {
  const protocols = new Map<string, Protocol | undefined>();
  // One after the other: the first of a project brings all of its versions.
  for (const { projectId, importedUnder, protocolVersion } of views) {
    for (const version of [importedUnder, protocolVersion]) {
      const key = versionOf(projectId, version);
      if (!protocols.has(key)) protocols.set(key, await facts.protocol(viewer.organisation, projectId, version));
    }
  }
  return protocols;
}

/**
 * By the version the case was imported under and the one it goes by: what a source withholds, no move gives away. A version that
 * cannot be found shows nothing rather than too much. Who adjudicates is told whose read is whose once the case is decided, where the
 * protocol says so: the same of a case that may yet come to them.
 */
function hidesReaders(
  imported: Protocol | undefined,
  present: Protocol | undefined,
  role: Role,
  { status }: CaseView,
): boolean {
  if (imported?.readerIdentity !== 'known' || present?.readerIdentity !== 'known') return true;
  const isOpen = status !== 'adjudicated' && status !== 'finalised';
  return isOpen && role === 'adjudicator' && present.adjudication.readersShown === 'afterDecision';
}
