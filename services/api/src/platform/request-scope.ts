import { actsIn, isMemberRole, isUuid } from '@consilium/domain';
import type { AnnotatorId, CaseId, Instant, ProjectId, ProjectMembers } from '@consilium/domain';
import type { Database, Session } from '@consilium/postgres';
import {
  adjudicationsOf,
  assignmentsOf,
  consensusAsOf,
  consensusOf,
  externalReadersOf,
  findProject,
  outdatedReadsOf,
  readsOf,
  sentenceChangesOf,
  reviewsOf,
  serverClock,
  submittedReadsAsOf,
  threadEventsOf,
  votesOf,
} from '@consilium/read-model';
import type {
  AdjudicationView,
  AssignmentView,
  ConsensusView,
  ExternalReaderView,
  OutdatedReadView,
  ProjectView,
  ReadView,
  ReviewView,
  SentenceChangeView,
  ThreadEventView,
  VoteView,
} from '@consilium/read-model';
import type { Viewer } from '../access/viewer.ts';
import { AccessLog } from './access-log.ts';
import { BatchLoader } from './batch-loader.ts';
import type { Ports } from './ports.ts';
import { SealedTexts } from './sealed-texts.ts';

interface CasesThen {
  readonly reads: BatchLoader<CaseId, readonly ReadView[]>;
  readonly consensus: BatchLoader<CaseId, ConsensusView>;
}

/** One request of one person: who they are, their organisation's rows, and what is loaded once for all its resolvers. */
export class RequestScope {
  readonly viewer: Viewer;
  readonly session: Session;
  readonly accessLog: AccessLog;
  readonly texts: SealedTexts;
  readonly reads: BatchLoader<CaseId, readonly ReadView[]>;
  readonly consensus: BatchLoader<CaseId, ConsensusView>;
  readonly adjudications: BatchLoader<CaseId, readonly AdjudicationView[]>;
  readonly externalReaders: BatchLoader<CaseId, readonly ExternalReaderView[]>;
  readonly votes: BatchLoader<CaseId, readonly VoteView[]>;
  readonly sentenceChanges: BatchLoader<CaseId, readonly SentenceChangeView[]>;
  readonly outdatedReads: BatchLoader<CaseId, readonly OutdatedReadView[]>;
  readonly reviews: BatchLoader<CaseId, readonly ReviewView[]>;
  readonly assignments: BatchLoader<CaseId, readonly AssignmentView[]>;
  readonly threadEvents: BatchLoader<CaseId, readonly ThreadEventView[]>;
  readonly #casesThen = new Map<number, CasesThen>();
  readonly #ports: Ports;
  readonly #members: BatchLoader<ProjectId, ProjectMembers>;
  readonly #annotatorOf: BatchLoader<AnnotatorId, true>;

  constructor(database: Database, ports: Ports, viewer: Viewer) {
    const session = database.forOrganisation(viewer.organisation);
    this.viewer = viewer;
    this.session = session;
    this.accessLog = new AccessLog(session, viewer);
    this.texts = new SealedTexts(ports.subjectKeys, viewer.organisation);
    this.reads = new BatchLoader(async (caseIds) => readsOf(session, caseIds));
    this.consensus = new BatchLoader(async (caseIds) => consensusOf(session, caseIds));
    this.adjudications = new BatchLoader(async (caseIds) => adjudicationsOf(session, caseIds));
    this.votes = new BatchLoader(async (caseIds) => votesOf(session, caseIds));
    this.sentenceChanges = new BatchLoader(async (caseIds) => sentenceChangesOf(session, caseIds));
    this.outdatedReads = new BatchLoader(async (caseIds) => outdatedReadsOf(session, caseIds));
    this.externalReaders = new BatchLoader(async (caseIds) => externalReadersOf(session, caseIds));
    this.reviews = new BatchLoader(async (caseIds) => reviewsOf(session, caseIds));
    this.assignments = new BatchLoader(async (caseIds) => assignmentsOf(session, caseIds));
    this.threadEvents = new BatchLoader(async (caseIds) => threadEventsOf(session, caseIds));
    this.#ports = ports;
    this.#members = new BatchLoader(async (projectIds) => ports.facts.membersOf(viewer.organisation, projectIds));
    this.#annotatorOf = new BatchLoader(async (annotatorIds) => {
      const registered = await ports.facts.registeredAmong(viewer.organisation, annotatorIds);
      return new Map([...registered].map((annotatorId) => [annotatorId, true]));
    });
  }

  /** What was submitted and agreed on at a number of the log, loaded once for all cases that are asked about it. */
  casesThen(sequence: number): CasesThen {
    const known = this.#casesThen.get(sequence) ?? {
      reads: new BatchLoader(async (caseIds) => submittedReadsAsOf(this.session, caseIds, sequence)),
      consensus: new BatchLoader(async (caseIds) => consensusAsOf(this.session, caseIds, sequence)),
    };
    this.#casesThen.set(sequence, known);
    return known;
  }

  /** What windows and leases are judged by. */
  async storeClock(): Promise<Instant> {
    return serverClock(this.session);
  }

  annotatorId(projectId: ProjectId): AnnotatorId {
    return this.#ports.identities.annotator(projectId, this.viewer.personId);
  }

  /** Undefined for a project that is not there for this person. */
  async findProject(projectId: string): Promise<ProjectView | undefined> {
    const found = isUuid(projectId) ? await findProject(this.session, projectId as ProjectId) : undefined;
    return found !== undefined && (await this.actsIn(found.projectId)) ? found : undefined;
  }

  /** Whether this person acts in the project in their role: else it is not there for them, nor are its cases. */
  async actsIn(projectId: ProjectId): Promise<boolean> {
    if (!isMemberRole(this.viewer.role)) return true;
    return actsIn(this.viewer, (await this.#members.get(projectId)) ?? new Map());
  }

  /**
   * Whether blinding is for this person in this project: registered there, whatever role the token has. An annotator who
   * is not registered yet counts as one, or they could look first and be registered after.
   */
  async isAnnotatorOf(projectId: ProjectId): Promise<boolean> {
    if (this.viewer.role === 'annotator') return true;
    return (await this.#annotatorOf.get(this.annotatorId(projectId))) ?? false;
  }
}

/** What Apollo and the socket server hand to every resolver. Nest and Apollo copy it shallowly, so it holds one instance. */
export interface ResolverContext {
  readonly scope: RequestScope;
  /** Nest adds a copy of its own where there is none. */
  readonly req: object;
}
