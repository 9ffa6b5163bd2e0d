import { actsIn, isMemberRole, isUuid, medicalCase, streamIdOf } from '@consilium/domain';
import type { AnnotatorId, CaseCommand, CaseEvent, CaseRefusal } from '@consilium/domain';
import type { Instant, Protocol, StreamId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';
import type { Loaded, SubjectKeys } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import { claimChanges } from '../platform/claim-changes.ts';
import type { ProjectFacts } from '../platform/project-facts.ts';
import { invalidAt, notFound, readRefusal } from '../platform/refusals.ts';
import type { ReadRefusal } from '../platform/refusals.ts';
import { type CommandPorts, type Failure, holdsText, type ReadyCommand, runCommand } from '../platform/run-command.ts';
import { loadedCase, type LoadedCase, streamOf } from '../platform/stream-state.ts';

export interface ReadPorts extends CommandPorts {
  readonly facts: ProjectFacts;
  readonly subjectKeys: SubjectKeys;
}

/** What a command about a case is made from: the case as it is, and the sender as annotator of its project. */
export interface ReadContext extends LoadedCase {
  readonly annotatorId: AnnotatorId;
  readonly at: Instant;
  /** Of the version the case is read by. */
  readonly protocol: Protocol;
  /** Streams that the step asked for besides. */
  readonly loaded: Loaded;
}

export interface ReadStep<Success, Refusal> {
  /** May refuse before the case's decider is asked. */
  readonly command: (context: ReadContext) => Promise<CaseCommand | Refusal> | CaseCommand | Refusal;
  readonly answer: (events: readonly CaseEvent[], context: ReadContext) => Omit<Success, 'token'>;
  /** What the decider's refusal means to this command; undefined where it means what it means to a reader. */
  readonly refusal?: (refusal: CaseRefusal, context: ReadContext) => Promise<Refusal | undefined> | Refusal | undefined;
  readonly reasonCode?: string;
  /** Streams to load with the case. */
  readonly besides?: readonly StreamId[];
}

/** One command about one case: one load, one decision by the case's decider, one append. */
export async function runReadCommand<Success, Refusal extends { readonly __typename: string }>(
  ports: ReadPorts,
  command: ReadyCommand,
  caseId: string,
  step: ReadStep<Success, Refusal>,
): Promise<Success | Refusal | ReadRefusal | Failure> {
  if (!isUuid(caseId)) return notFound('case');
  const streamId = streamIdOf('case', caseId);
  return runCommand<Success, Refusal | ReadRefusal>(
    ports,
    command,
    [streamId, ...(step.besides ?? [])],
    async (loaded) => {
      const stream = streamOf(loaded, streamId);
      const context = await contextOf(ports, command.viewer, loaded, streamId);
      if (context === undefined) return { kind: 'refused', refusal: notFound('case') };
      const wanted = await step.command(context);
      if ('__typename' in wanted) return { kind: 'refused', refusal: wanted };
      const decision = medicalCase.decide(wanted, context.state);
      if (!decision.ok) {
        const refusal = await step.refusal?.(decision.refusal, context);
        return { kind: 'refused', refusal: refusal ?? readRefusal(decision.refusal) };
      }
      const key = await keyFor(ports, command.viewer, context, decision.events);
      if (key.erased) return { kind: 'refused', refusal: invalidAt('', 'SUBJECT_ERASED', 'this subject was erased') };
      const { reasonCode } = step;
      return {
        kind: 'accepted',
        writes: [
          {
            streamId,
            events: decision.events,
            dataKey: key.dataKey,
            ...(reasonCode === undefined ? {} : { reasonCode }),
          },
        ],
        claims: claimChanges(decision.events, stream.claims, context.content),
        answer: step.answer(decision.events, context),
      };
    },
  );
}

async function contextOf(
  { facts, identities }: ReadPorts,
  { organisation, personId, role }: Viewer,
  loaded: Loaded,
  streamId: StreamId,
): Promise<ReadContext | undefined> {
  const known = loadedCase(streamOf(loaded, streamId));
  if (known === undefined) return undefined;
  if (known.state.status === 'unknown') return undefined;
  const { projectId } = known.content;
  // Of the roles that people are listed for, which annotators have none of: their commands read nothing more.
  if (isMemberRole(role) && !actsIn({ role, personId }, await facts.members(organisation, projectId))) return undefined;
  const protocol = await facts.protocol(organisation, projectId, known.state.protocolVersion);
  if (protocol === undefined) throw new Error(`${streamId} names a protocol version that its project has not`);
  return { ...known, loaded, protocol, at: loaded.now, annotatorId: identities.annotator(projectId, personId) };
}

/**
 * The key of the case's subject, fetched only when something is to be sealed: the one that its import was sealed under, which
 * whoever reads the case uses too. Without it the subject was erased.
 */
async function keyFor(
  { subjectKeys }: ReadPorts,
  { organisation }: Viewer,
  { state, content: { subjectId, externalKey } }: ReadContext,
  events: readonly CaseEvent[],
): Promise<{ readonly erased: boolean; readonly dataKey: DataKey | undefined }> {
  if (externalKey.state === 'plain' || !holdsText(events)) return { erased: false, dataKey: undefined };
  // By the case itself, for the key may still be in this process's memory.
  if (state.status !== 'unknown' && state.isErased === true) return { erased: true, dataKey: undefined };
  const dataKey = await subjectKeys.find(organisation, subjectId, externalKey.keyVersion);
  return { erased: dataKey === undefined, dataKey };
}
