import {
  type AlertId,
  annotator,
  type AnnotatorEvent,
  type EventId,
  type Instant,
  parking,
  type ParkingEvent,
  project,
  type ProjectEvent,
  type StreamId,
} from '@consilium/domain';
import { annotatorId, personId, projectId, publishedLogStartMs, sampleProtocol } from '@consilium/testing';
import { told } from './told-case.ts';
import { workflowProtocol } from './workflow-cases.ts';

/** Project 1: its members come and go, and it goes over to the protocol of the workflow. */
export const workflowProject = (): readonly ProjectEvent[] =>
  told(project, [
    { type: 'createProject', projectId: projectId(1), name: 'Project 1', protocol: sampleProtocol() },
    { type: 'addMember', personId: personId(1), role: 'lead' },
    { type: 'addMember', personId: personId(5), role: 'reviewer' },
    { type: 'addMember', personId: personId(8), role: 'reviewer' },
    { type: 'removeMember', personId: personId(8), role: 'reviewer' },
    { type: 'adoptProtocol', protocol: workflowProtocol },
  ]);

/** Of project 1: qualified for two things, of which one is taken away, paused and resumed. */
export function changedAnnotator(number: number): readonly AnnotatorEvent[] {
  const of = { annotatorId: annotatorId(number) };
  const at = publishedLogStartMs as Instant;
  const alertId = '00000010-0000-4000-8000-000000000001' as AlertId;
  const group = { kind: 'findingGroup', group: 'lung' } as const;
  return told(annotator, [
    { type: 'registerAnnotator', ...of, projectId: projectId(1), personId: personId(number) },
    { type: 'qualifyAnnotator', ...of, qualification: group, protocol: workflowProtocol, at },
    {
      type: 'qualifyAnnotator',
      ...of,
      qualification: { kind: 'language', language: 'es' },
      expiresAt: (at + 86_400_000) as Instant,
      protocol: workflowProtocol,
      at,
    },
    { type: 'disqualifyAnnotator', ...of, qualification: group },
    { type: 'pauseAnnotator', ...of, reason: 'leave' },
    { type: 'resumeAnnotator', ...of },
    {
      type: 'raiseAlert',
      ...of,
      alertId,
      kind: 'goldDrift',
      pauses: true,
      method: { name: 'goldCusum', version: '1', parameters: { threshold: 8 } },
      statements: 12,
      statistic: 8.5,
      evidence: [alertId as string as EventId],
    },
    { type: 'acknowledgeAlert', ...of, alertId },
    { type: 'resolveAlert', ...of, alertId, outcome: 'confirmed' },
  ]);
}

/** About an event that stood still for a while, before the code that shows it was there. */
export const parkedDecisions = (parkedStreamId: StreamId, parkedEventId: EventId): readonly ParkingEvent[] =>
  told(parking, [
    { type: 'retryParkedStream', parkedStreamId, parkedEventId },
    { type: 'discardParkedEvent', parkedStreamId, parkedEventId },
  ]);
