import type { AdjudicationId, AnnotationId, AnnotatorId, ClaimId, Instant } from '../identifiers.ts';
import type { ProtectedText } from '../protected-text.ts';
import type { AdjudicatingRole, Protocol } from '../project/protocol.ts';
import type { Choice } from './adjudication.ts';
import type { AnnotationDraft } from './annotation.ts';
import type { Disagreement } from './disagreement.ts';
import type { Lease } from './lease.ts';
import type { RecordedConsensus } from './recorded-consensus.ts';

/** Why somebody finished, reopened or had a case adjudicated. Travels as the reason code of the event's envelope. */
export const workflowReasons = [
  'workComplete',
  'noReaderLeft',
  'clinicalUrgency',
  'protocolChanged',
  'errorFound',
  'newInformation',
  'other',
] as const;
export type WorkflowReason = (typeof workflowReasons)[number];

/** What every command about a seat says: who, by which claim, when, and how the leases of the case stand. */
interface SeatCommand {
  /** The person's id as annotator of the project. */
  readonly annotatorId: AnnotatorId;
  readonly claimId: ClaimId;
  readonly at: Instant;
  readonly leases: readonly Lease[];
}

export type AdjudicationCommand =
  | {
      readonly type: 'recordConsensus';
      readonly consensus: RecordedConsensus;
      readonly disagreements: readonly Disagreement[];
      /** Somebody gave a label that is always adjudicated. */
      readonly hasForcedLabel: boolean;
      /** Drawn for the protocol's share of cases that are adjudicated without a disagreement. */
      readonly isSampled: boolean;
      /** Annotators of the project who have neither read nor skipped the case. */
      readonly readersLeft: number;
      /** Of the adjudication that may follow. */
      readonly adjudicationId: AdjudicationId;
      readonly protocol: Protocol;
    }
  | (SeatCommand & {
      readonly type: 'claimSeat';
      /** By the role of their token; null for one that never adjudicates. */
      readonly role: AdjudicatingRole | null;
      readonly protocol: Protocol;
    })
  | (SeatCommand & { readonly type: 'releaseSeat' })
  | (SeatCommand & {
      readonly type: 'vote';
      readonly annotationId: AnnotationId;
      readonly draft: AnnotationDraft;
      readonly choices: readonly Choice[];
      readonly protocol: Protocol;
    })
  | {
      /** By a lead: of a case that is read, settled, in dispute or decided; whoever reads it at present loses the claim. */
      readonly type: 'requestAdjudication';
      readonly adjudicationId: AdjudicationId;
      readonly note?: ProtectedText;
      readonly at: Instant;
      readonly leases: readonly Lease[];
      readonly protocol: Protocol;
    }
  | { readonly type: 'finaliseCase'; readonly note?: ProtectedText }
  | {
      /** Of a case that is settled, decided or finalised: one more annotator reads it. */
      readonly type: 'reopenForReading';
      readonly note?: ProtectedText;
      readonly readersLeft: number;
      readonly protocol: Protocol;
    };

export type AdjudicationRefusal =
  /** There is nothing to adjudicate, or it is decided. */
  | { readonly code: 'NOT_ADJUDICATING' }
  /** Nobody adjudicates a case that they have read. */
  | { readonly code: 'READ_BY_YOU' }
  /** As many members as the protocol wants hold or have given their answer. */
  | { readonly code: 'NO_SEAT' }
  /** The protocol does not let this role adjudicate, or a split panel is a lead's to decide. */
  | { readonly code: 'ROLE_MAY_NOT' }
  | { readonly code: 'ALREADY_VOTED' }
  /** The case is not in a state that this can be done in. */
  | { readonly code: 'WRONG_STATUS' }
  /** The case has all reads that its protocol allows, or nobody is left to read it. */
  | { readonly code: 'NO_MORE_READS' }
  /** A translation that was called unfaithful stands uncorrected. */
  | { readonly code: 'TRANSLATION_UNFAITHFUL' };
