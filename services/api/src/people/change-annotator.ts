import { annotator, assertNever, isUuid, streamIdOf } from '@consilium/domain';
import type {
  AlertId,
  AnnotatorCommand,
  AnnotatorId,
  AnnotatorRefusal,
  Instant,
  PersonId,
  Problem,
  ProjectId,
  Protocol,
  Qualification,
} from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { invalid, invalidAt, notFound, oneOf } from '../platform/refusals.ts';
import { type CommandPorts, type Failure, readCommand, runCommand } from '../platform/run-command.ts';
import { annotatorState, projectFor, streamOf } from '../platform/stream-state.ts';
import type {
  AcknowledgeAlertInput,
  AlertOutcome,
  AlertResult,
  AnnotatorChanged,
  DisqualifyAnnotatorInput,
  DisqualifyAnnotatorResult,
  Invalid,
  NotFound,
  NotHeld,
  PauseAnnotatorInput,
  PauseAnnotatorResult,
  QualificationInput,
  QualifyAnnotatorInput,
  QualifyAnnotatorResult,
  ResolveAlertInput,
  ResumeAnnotatorInput,
  ResumeAnnotatorResult,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

const answers = ['AnnotatorChanged', 'Invalid', 'NotFound', 'CommandIdReused', 'Contended'] as const;

/** Given anew, a qualification holds until the new instant. */
export async function qualifyAnnotator(
  ports: CommandPorts,
  viewer: Viewer,
  input: QualifyAnnotatorInput,
): Promise<QualifyAnnotatorResult> {
  const qualification = qualificationOf(input.qualification);
  if ('problem' in qualification) return invalid([qualification.problem]);
  const { expiresAt } = input;
  const answer = await changeAnnotator(ports, viewer, 'qualifyAnnotator', input, ({ annotatorId, protocol, at }) => ({
    type: 'qualifyAnnotator',
    annotatorId,
    qualification,
    ...(isGiven(expiresAt) ? { expiresAt: expiresAt as Instant } : {}),
    protocol,
    at,
  }));
  return oneOf(answer, ...answers);
}

export async function disqualifyAnnotator(
  ports: CommandPorts,
  viewer: Viewer,
  input: DisqualifyAnnotatorInput,
): Promise<DisqualifyAnnotatorResult> {
  const qualification = qualificationOf(input.qualification);
  if ('problem' in qualification) return invalid([qualification.problem]);
  return changeAnnotator(ports, viewer, 'disqualifyAnnotator', input, ({ annotatorId }) => ({
    type: 'disqualifyAnnotator',
    annotatorId,
    qualification,
  }));
}

export async function pauseAnnotator(
  ports: CommandPorts,
  viewer: Viewer,
  input: PauseAnnotatorInput,
): Promise<PauseAnnotatorResult> {
  const answer = await changeAnnotator(ports, viewer, 'pauseAnnotator', input, ({ annotatorId }) => ({
    type: 'pauseAnnotator',
    annotatorId,
    reason: input.reason,
  }));
  return oneOf(answer, ...answers);
}

export async function resumeAnnotator(
  ports: CommandPorts,
  viewer: Viewer,
  input: ResumeAnnotatorInput,
): Promise<ResumeAnnotatorResult> {
  const answer = await changeAnnotator(ports, viewer, 'resumeAnnotator', input, ({ annotatorId }) => ({
    type: 'resumeAnnotator',
    annotatorId,
  }));
  return oneOf(answer, ...answers);
}

function qualificationOf({
  language,
  findingGroup,
}: QualificationInput): Qualification | { readonly problem: Problem } {
  if (isGiven(language) && !isGiven(findingGroup)) return { kind: 'language', language };
  if (isGiven(findingGroup) && !isGiven(language)) return { kind: 'findingGroup', group: findingGroup };
  return { problem: { path: 'qualification', code: 'ONE_OF', message: 'give either a language or a finding group' } };
}

export async function acknowledgeAlert(
  ports: CommandPorts,
  viewer: Viewer,
  input: AcknowledgeAlertInput,
): Promise<AlertResult> {
  return changeAlert(ports, viewer, 'acknowledgeAlert', input, { type: 'acknowledgeAlert' });
}

export async function resolveAlert(
  ports: CommandPorts,
  viewer: Viewer,
  input: ResolveAlertInput,
): Promise<AlertResult> {
  return changeAlert(ports, viewer, 'resolveAlert', input, { type: 'resolveAlert', outcome: input.outcome });
}

async function changeAlert(
  ports: CommandPorts,
  viewer: Viewer,
  name: string,
  input: AcknowledgeAlertInput,
  change: { readonly type: 'acknowledgeAlert' } | { readonly type: 'resolveAlert'; readonly outcome: AlertOutcome },
): Promise<AlertResult> {
  const { annotatorId, alertId } = input;
  if (!isUuid(annotatorId)) return notFound('annotator');
  if (!isUuid(alertId)) return notFound('alert');
  const answer = await changeRegistered(ports, viewer, name, input, annotatorId as AnnotatorId, (context) => ({
    ...change,
    annotatorId: context.annotatorId,
    alertId: alertId as AlertId,
  }));
  return oneOf(answer, ...answers);
}

interface ChangeInput {
  readonly commandId: string;
  readonly projectId: string;
}

interface ChangeContext {
  readonly annotatorId: AnnotatorId;
  /** The newest of the project. */
  readonly protocol: Protocol;
  readonly at: Instant;
}

/** One command about one annotator of a project that the viewer leads. What is so already stays so, and is no refusal. */
async function changeAnnotator(
  ports: CommandPorts,
  viewer: Viewer,
  name: string,
  input: ChangeInput & { readonly personId: string },
  makeCommand: (context: ChangeContext) => AnnotatorCommand,
): Promise<AnnotatorChanged | NotHeld | NotFound | Failure> {
  const { projectId, personId } = input;
  if (!isUuid(projectId)) return notFound('project');
  if (!isUuid(personId)) return invalidAt('personId', 'NOT_A_UUID', 'a person id is a UUID in lower case');
  const annotatorId = ports.identities.annotator(projectId as ProjectId, personId as PersonId);
  return changeRegistered(ports, viewer, name, input, annotatorId, makeCommand);
}

async function changeRegistered(
  ports: CommandPorts,
  viewer: Viewer,
  name: string,
  input: ChangeInput,
  annotatorId: AnnotatorId,
  makeCommand: (context: ChangeContext) => AnnotatorCommand,
): Promise<AnnotatorChanged | NotHeld | NotFound | Failure> {
  const command = readCommand(ports, viewer, name, input);
  if ('__typename' in command) return command;
  const { projectId } = input;
  if (!isUuid(projectId)) return notFound('project');
  const [projectStream, streamId] = [streamIdOf('project', projectId), streamIdOf('annotator', annotatorId)];
  return runCommand<AnnotatorChanged, NotFound | NotHeld | Invalid>(
    ports,
    command,
    [projectStream, streamId],
    (loaded) => {
      const project = projectFor(viewer, streamOf(loaded, projectStream));
      if (project === undefined) return { kind: 'refused', refusal: notFound('project') };
      const state = annotatorState(streamOf(loaded, streamId));
      if (state.status === 'registered' && state.projectId !== projectId) {
        return { kind: 'refused', refusal: notFound('annotator') };
      }
      const decision = annotator.decide(
        makeCommand({ annotatorId, protocol: project.protocol, at: loaded.now }),
        state,
      );
      if (!decision.ok) return { kind: 'refused', refusal: annotatorRefusal(decision.refusal) };
      return {
        kind: 'accepted',
        writes: [{ streamId, events: decision.events }],
        answer: { __typename: 'AnnotatorChanged', annotatorId },
      };
    },
  );
}

function annotatorRefusal(refusal: AnnotatorRefusal): NotFound | NotHeld | Invalid {
  switch (refusal.code) {
    case 'ANNOTATOR_UNKNOWN':
      return notFound('annotator');
    case 'INVALID_QUALIFICATION':
      return invalid(refusal.problems);
    case 'ALERT_UNKNOWN':
      return notFound('alert');
    case 'NOT_HELD':
      return { __typename: 'NotHeld', message: 'They have no such qualification. Nothing was changed.' };
    default:
      return assertNever(refusal);
  }
}
