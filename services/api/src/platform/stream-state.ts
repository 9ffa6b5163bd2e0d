import { decodeEvent, isAnnotatorEvent, isCaseEvent, isParkingEvent, isProjectEvent } from '@consilium/contracts';
import { actsIn, annotator, fold, medicalCase, parking, project } from '@consilium/domain';
import type {
  Actor,
  AnnotatorState,
  CaseEvent,
  CaseState,
  ImportedCase,
  Lease,
  ParkingState,
  ProjectState,
} from '@consilium/domain';
import { isLease } from '@consilium/event-store';
import type { Loaded, LoadedStream, RecordedEvent } from '@consilium/event-store';
import type { StreamId } from '@consilium/domain';

/** Of a stream that was asked for; one of another organisation is empty. */
export function streamOf(loaded: Loaded, streamId: StreamId): LoadedStream {
  const stream = loaded.streams.get(streamId);
  if (stream === undefined) throw new Error(`${streamId} was not loaded`);
  return stream;
}

export const projectState = (stream: LoadedStream): ProjectState =>
  fold(project, stream.events.map(decodeEvent).filter(isProjectEvent));

/** Undefined for a project that is not there for this person: not at all, or only for others of their role. */
export function projectFor(viewer: Actor, stream: LoadedStream): ActiveProject | undefined {
  const state = projectState(stream);
  return state.status === 'active' && actsIn(viewer, state.members) ? state : undefined;
}

export type ActiveProject = Extract<ProjectState, { readonly status: 'active' }>;

/** Whether any version of the project's protocol withholds who read what: then nobody is told in a list of the project. */
export const withholdsReaders = (project: LoadedStream): boolean =>
  project.events
    .map(decodeEvent)
    .some((event) => event.type === 'protocolAdopted' && event.protocol.readerIdentity !== 'known');

export const annotatorState = (stream: LoadedStream): AnnotatorState =>
  fold(annotator, stream.events.map(decodeEvent).filter(isAnnotatorEvent));

export const caseState = (stream: LoadedStream): CaseState =>
  fold(medicalCase, stream.events.map(decodeEvent).filter(isCaseEvent));

export const parkingState = (stream: LoadedStream): ParkingState =>
  fold(parking, stream.events.map(decodeEvent).filter(isParkingEvent));

/** What decisions about a known case read besides its state. */
export interface LoadedCase {
  readonly state: CaseState;
  readonly content: ImportedCase;
  readonly leases: readonly Lease[];
  /** The whole stream, in order. */
  readonly recorded: readonly RecordedEvent[];
}

/** Undefined for a case that nobody imported, or another organisation did. */
export function loadedCase(stream: LoadedStream): LoadedCase | undefined {
  const events = stream.events.map(decodeEvent).filter(isCaseEvent);
  const content = importedContent(events);
  if (content === undefined) return undefined;
  return { state: fold(medicalCase, events), content, leases: leasesOf(stream), recorded: stream.events };
}

function importedContent(events: readonly CaseEvent[]): ImportedCase | undefined {
  const [first] = events;
  return first?.type === 'caseImported' ? first : undefined;
}

const leasesOf = ({ claims }: LoadedStream): readonly Lease[] =>
  claims
    .filter(({ status }) => isLease(status))
    .map(({ claimId, annotatorId, leaseEndsAt }) => ({ claimId, annotatorId, endsAt: leaseEndsAt }));
