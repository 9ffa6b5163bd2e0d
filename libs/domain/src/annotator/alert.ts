import type { AlertId, AnnotatorId, EventId, ProjectId } from '../identifiers.ts';

/*
 * Reasons to look at what an annotator does (docs/adr/0019). An alert changes no weight and no score; where the protocol says so it pauses
 * the annotator until somebody has looked.
 */

export const alertKinds = ['goldDrift'] as const;
/** 'goldDrift': answers to gold have become worse than they may be. */
export type AlertKind = (typeof alertKinds)[number];

export const alertOutcomes = ['confirmed', 'falseAlarm', 'truthWrong', 'retrained', 'other'] as const;
/** What somebody who looked found. */
export type AlertOutcome = (typeof alertOutcomes)[number];

/** Events that an alert names at most: the newest of those that it came of. */
export const alertEvidenceMaximum = 100;

export interface AlertFigures {
  readonly method: {
    readonly name: string;
    readonly version: string;
    readonly parameters: Readonly<Record<string, boolean | number | string>>;
  };
  /** Statements that entered, up to the one at which the alarm rose. */
  readonly statements: number;
  readonly statistic: number;
  /** `answersScored` events, in their order; the last is the one at which the alarm rose. */
  readonly evidence: readonly EventId[];
}

interface OfAlert {
  readonly annotatorId: AnnotatorId;
  readonly projectId: ProjectId;
  readonly alertId: AlertId;
}

export type AlertEvent =
  | ({ readonly type: 'alertRaised'; readonly kind: AlertKind } & AlertFigures & OfAlert)
  /** Somebody is looking at it. */
  | ({ readonly type: 'alertAcknowledged' } & OfAlert)
  /** What came before its last piece of evidence, that included, is looked at no more. */
  | ({ readonly type: 'alertResolved'; readonly outcome: AlertOutcome } & OfAlert);

export type AlertCommand =
  | ({
      readonly type: 'raiseAlert';
      readonly annotatorId: AnnotatorId;
      readonly alertId: AlertId;
      readonly kind: AlertKind;
      /** By the protocol: the annotator claims nothing until a lead lets them. */
      readonly pauses: boolean;
    } & AlertFigures)
  | { readonly type: 'acknowledgeAlert'; readonly annotatorId: AnnotatorId; readonly alertId: AlertId }
  | {
      readonly type: 'resolveAlert';
      readonly annotatorId: AnnotatorId;
      readonly alertId: AlertId;
      readonly outcome: AlertOutcome;
    };

export type AlertRefusal = { readonly code: 'ALERT_UNKNOWN' };

export const alertStatuses = ['open', 'acknowledged', 'resolved'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export interface AlertState {
  readonly kind: AlertKind;
  readonly status: AlertStatus;
  /** The event at which it rose. */
  readonly roseAt: EventId | undefined;
}
