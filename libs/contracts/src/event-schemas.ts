import {
  adjudicatingRoles,
  adjudicationCauses,
  aggregateOf,
  alertEvidenceMaximum,
  alertKinds,
  alertOutcomes,
  bodyParts,
  careSettings,
  clinicalRanges,
  coordinateSystems,
  decisionReasons,
  disagreementActions,
  disagreementKinds,
  flagReasons,
  independences,
  languages,
  lateralities,
  memberRoles,
  modalities,
  panelSizes,
  pauseReasons,
  polarities,
  presences,
  regionKinds,
  returnReasons,
  sentenceChanges,
  reviewCauses,
  reviewOutcomes,
  sentenceOrigins,
  sexes,
  skipReasons,
  translationHitCodes,
  translationHitTypes,
  viewPositions,
} from '@consilium/domain';
import { z } from 'zod';

/*
 * The payload of every event as it is stored: the event without its `type`, which the envelope holds. A released version
 * never changes; a change of meaning or shape adds a version, an upcaster and a golden file.
 */

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const count = z.int().min(0);
const finite = z.number();

/** Stored texts are always sealed: a plain one in a stored payload is a fault. */
const sealedText = z.strictObject({
  state: z.literal('sealed'),
  keyVersion: z.int().min(1),
  nonce: z.base64(),
  ciphertext: z.base64(),
});
const bilingualText = z.strictObject({ es: sealedText.optional(), en: sealedText.optional() });

const attributeDefinition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ordinal'), name: z.string(), minimum: finite, maximum: finite }),
  z.strictObject({ kind: z.literal('nominal'), name: z.string(), values: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('interval'),
    name: z.string(),
    minimum: finite,
    maximum: finite,
    unit: z.string(),
  }),
]);

const protocolV1 = z.strictObject({
  readsPerCase: z.int().min(1),
  leaseMs: z.int().min(1),
  openClaimsMaximum: z.int().min(1),
  labels: z.array(z.string()),
  locations: z.array(z.string()),
  attributes: z.array(attributeDefinition),
  matchingGate: finite,
  readerIdentity: z.enum(['known', 'notPublished']),
});

const termCodes = z.array(z.strictObject({ system: z.string(), code: z.string() })).optional();
const share = finite.min(0).max(1);

const protocol = z.strictObject({
  readsPerCase: z.int().min(1),
  readsMaximum: z.int().min(1),
  leaseMs: z.int().min(1),
  openClaimsMaximum: z.int().min(1),
  amendWindowMs: count,
  languages: z.array(z.enum(languages)),
  qualificationsRequired: z.boolean(),
  labels: z.array(
    z.strictObject({
      term: z.string(),
      group: z.string().optional(),
      parent: z.string().optional(),
      codes: termCodes,
      matchingGate: finite.optional(),
      adjudication: z.literal('always').optional(),
    }),
  ),
  locations: z.array(
    z.strictObject({ term: z.string(), laterality: z.enum(lateralities).optional(), codes: termCodes }),
  ),
  progressionTerms: z.array(z.string()),
  imageQualityFlags: z.array(z.string()),
  reportQualityFlags: z.array(z.string()),
  attributes: z.array(attributeDefinition),
  regionKinds: z.array(z.enum(regionKinds)).min(1),
  matchingGate: finite,
  disagreements: z.strictObject({
    presence: z.enum(disagreementActions),
    label: z.enum(disagreementActions),
    extent: z.enum(disagreementActions),
    location: z.enum(disagreementActions),
    progression: z.enum(disagreementActions),
    sentenceLink: z.enum(disagreementActions),
    translation: z.enum(disagreementActions),
  }),
  adjudication: z.strictObject({
    panelSize: z.union(panelSizes.map((size) => z.literal(size))),
    roles: z.array(z.enum(adjudicatingRoles)).min(1),
    sampledShare: share,
    readersShown: z.enum(['always', 'afterDecision']),
  }),
  reviewShare: share,
  goldShare: share,
  pausesOnDrift: z.boolean().optional(),
  readerIdentity: z.enum(['known', 'notPublished']),
});

const pixelBox = z.strictObject({ x1: finite, y1: finite, x2: finite, y2: finite });
const sentenceAt = z.strictObject({ sentenceId: uuid, version: z.int().min(1) });

const caseSentence = z.strictObject({
  sentenceId: uuid,
  version: z.int().min(1),
  origin: z.enum(sentenceOrigins),
  text: bilingualText,
});
const textSpan = z.strictObject({ start: count, end: count }).nullable();
/** Questions about translations that are asked no longer. */
const changedSentences = { answers: z.array(uuid), note: sealedText.optional() };

const annotation = z.strictObject({
  answer: z.enum(['findings', 'nothingThere']),
  findings: z.array(
    z.strictObject({
      findingId: uuid,
      sentence: sentenceAt.optional(),
      statement: bilingualText.optional(),
      polarity: z.enum(polarities),
      labels: z.array(z.string()),
      locations: z.array(z.string()),
      progression: z.string().optional(),
      attributes: z.array(z.strictObject({ name: z.string(), value: z.union([finite, z.string()]) })),
      regionIds: z.array(uuid),
    }),
  ),
  regions: z.array(
    z.strictObject({
      regionId: uuid,
      imageId: uuid,
      kind: z.literal('box'),
      received: z.strictObject({
        system: z.enum(coordinateSystems),
        x1: z.string(),
        y1: z.string(),
        x2: z.string(),
        y2: z.string(),
      }),
      pixels: pixelBox,
    }),
  ),
  imageQualityFlags: z.array(z.string()),
  reportQualityFlags: z.array(z.string()),
});

const method = z.strictObject({
  name: z.string(),
  version: z.string(),
  parameters: z.record(z.string(), z.union([z.boolean(), finite, z.string()])),
});

const consensus = z.strictObject({
  consensusId: uuid,
  basedOnVersion: z.int().min(1),
  readIds: z.array(uuid),
  method,
  regions: z.array(
    z.strictObject({
      regionId: uuid,
      imageId: uuid,
      sentenceId: uuid.nullable(),
      decision: z.enum(['present', 'absent', 'disputed']),
      score: finite,
      supporters: z.strictObject({ count, of: count }),
      members: z.array(z.strictObject({ readId: uuid, regionId: uuid })),
      box: pixelBox,
      label: z.string().nullable(),
      attributes: z.array(z.strictObject({ name: z.string(), value: z.union([finite, z.string()]).nullable() })),
    }),
  ),
  sentences: z.array(
    z.strictObject({
      sentenceId: uuid,
      version: z.int().min(1),
      decision: z.enum(['settled', 'disputed']),
      polarity: z.enum(polarities).nullable(),
    }),
  ),
  matching: z.strictObject({ summedIou: finite, exact: z.boolean(), gap: finite }),
});

const disagreements = z.array(
  z.strictObject({
    disagreementId: uuid,
    kind: z.enum(disagreementKinds),
    sentenceId: uuid.nullable(),
    regionIds: z.array(uuid),
    options: z.array(z.strictObject({ option: z.string(), readIds: z.array(uuid) })).min(1),
  }),
);

const decisionReason = z.enum(decisionReasons);
const ofSeat = { adjudicationId: uuid, annotatorId: uuid, claimId: uuid };

const wholeWithin = ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  z.int().min(minimum).max(maximum).optional();

const clinical = z.strictObject({
  ageYears: wholeWithin(clinicalRanges.ageYears),
  sex: z.enum(sexes).optional(),
  modality: z.enum(modalities).optional(),
  bodyPart: z.enum(bodyParts).optional(),
  careSetting: z.enum(careSettings).optional(),
  heightCm: wholeWithin(clinicalRanges.heightCm),
  weightKg: wholeWithin(clinicalRanges.weightKg),
  daysSincePrevious: wholeWithin(clinicalRanges.daysSincePrevious),
});

const caseSource = z.strictObject({
  studyKey: sealedText.optional(),
  previousStudy: z.strictObject({ studyKey: sealedText, imageKeys: z.array(sealedText) }).optional(),
  received: sealedText.optional(),
});

const ofReview = { reviewId: uuid, readId: uuid };
const ofReviewer = { ...ofReview, annotatorId: uuid, claimId: uuid };
const ofRead = { readId: uuid, annotatorId: uuid, claimId: uuid };
const timeOnTask = z.strictObject({ activeMs: count, wallMs: count, idleGapMs: z.int().min(1) });
const truth = {
  truthVersion: z.int().min(1),
  annotationId: uuid,
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('adjudication'), adjudicationId: uuid }),
    z.strictObject({ kind: z.literal('external'), note: sealedText }),
  ]),
  annotation,
  setBy: uuid,
  note: sealedText.optional(),
};

const ofThread = { threadId: uuid, annotatorId: uuid };
const ofComment = { ...ofThread, commentId: uuid, text: sealedText, adjudicationId: uuid.optional() };
const threadSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case') }),
  z.strictObject({ kind: z.literal('sentence'), sentenceId: uuid }),
  z.strictObject({ kind: z.literal('finding'), findingId: uuid, readId: uuid }),
  z.strictObject({ kind: z.literal('disagreement'), disagreementId: uuid }),
]);

const parkedAt = {
  parkedStreamId: z.string().refine((text) => aggregateOf(text) !== undefined),
  parkedEventId: uuid,
};

const ofAnnotator = { annotatorId: uuid, projectId: uuid };
const ofAlert = { ...ofAnnotator, alertId: uuid };
const qualification = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('language'), language: z.enum(languages) }),
  z.strictObject({ kind: z.literal('findingGroup'), group: z.string() }),
]);

/** Event type and schema version to payload. */
export const eventSchemas = {
  projectCreated: { 1: z.strictObject({ projectId: uuid, name: z.string() }) },
  protocolAdopted: {
    1: z.strictObject({ protocolVersion: z.int().min(1), protocol: protocolV1 }),
    2: z.strictObject({ protocolVersion: z.int().min(1), protocol }),
  },
  annotatorRegistered: { 1: z.strictObject({ annotatorId: uuid, projectId: uuid, personId: uuid }) },
  caseImported: {
    1: z.strictObject({
      caseId: uuid,
      projectId: uuid,
      protocolVersion: z.int().min(1),
      subjectId: uuid,
      externalKey: sealedText,
      contentHash: z.string().regex(/^[0-9a-f]{64}$/),
      position: count,
      priority: count,
      images: z.array(
        z.strictObject({
          imageId: uuid,
          rows: z.int().min(1),
          columns: z.int().min(1),
          sopInstanceUid: sealedText.optional(),
          description: sealedText.optional(),
        }),
      ),
      sentences: z.array(
        z.strictObject({
          sentenceId: uuid,
          version: z.int().min(1),
          origin: z.enum(sentenceOrigins),
          text: bilingualText,
        }),
      ),
    }),
    2: z.strictObject({
      caseId: uuid,
      projectId: uuid,
      protocolVersion: z.int().min(1),
      subjectId: uuid,
      externalKey: sealedText,
      contentHash: z.string().regex(/^[0-9a-f]{64}$/),
      position: count,
      priority: count,
      images: z.array(
        z.strictObject({
          imageId: uuid,
          rows: z.int().min(1),
          columns: z.int().min(1),
          isSizeNominal: z.literal(true).optional(),
          viewPosition: z.enum(viewPositions).optional(),
          key: sealedText.optional(),
          sopInstanceUid: sealedText.optional(),
          description: sealedText.optional(),
        }),
      ),
      sentences: z.array(
        z.strictObject({
          sentenceId: uuid,
          version: z.int().min(1),
          origin: z.enum(sentenceOrigins),
          machine: z.strictObject({ model: sealedText, version: sealedText.optional() }).optional(),
          text: bilingualText,
        }),
      ),
      source: caseSource.optional(),
      clinical: clinical.optional(),
    }),
  },
  externalReadRecorded: {
    1: z.strictObject({ ...ofRead, reader: sealedText, annotationId: uuid, annotation }),
  },
  readClaimed: { 1: z.strictObject({ ...ofRead, leaseEndsAt: z.int(), sentences: z.array(sentenceAt) }) },
  readReleased: {
    1: z.strictObject(ofRead),
    2: z.strictObject({ ...ofRead, reason: z.enum(returnReasons).optional(), note: sealedText.optional() }),
  },
  readExpired: { 1: z.strictObject(ofRead) },
  readSkipped: { 1: z.strictObject({ ...ofRead, reason: z.enum(skipReasons), note: sealedText.optional() }) },
  annotationSubmitted: {
    1: z.strictObject({ ...ofRead, annotationId: uuid, revision: z.int().min(1), annotation }),
    2: z.strictObject({
      ...ofRead,
      annotationId: uuid,
      revision: z.int().min(1),
      annotation,
      timeOnTask: timeOnTask.optional(),
    }),
  },
  annotationAmended: {
    1: z.strictObject({
      ...ofRead,
      annotationId: uuid,
      revision: z.int().min(2),
      origin: z.strictObject({ kind: z.literal('restored'), revision: z.int().min(1) }),
      wasWithdrawn: z.boolean(),
      annotation,
      note: sealedText.optional(),
    }),
    2: z.strictObject({
      ...ofRead,
      annotationId: uuid,
      revision: z.int().min(2),
      origin: z.strictObject({ kind: z.enum(['restored', 'amended']), revision: z.int().min(1) }),
      independence: z.enum(independences),
      wasWithdrawn: z.boolean(),
      annotation,
      note: sealedText.optional(),
    }),
  },
  annotationWithdrawn: {
    1: z.strictObject({ ...ofRead, annotationId: uuid, revision: z.int().min(1), note: sealedText.optional() }),
  },
  readsReopened: { 1: z.strictObject({ completedAtVersion: z.int().min(1) }) },
  caseWithdrawn: { 1: z.strictObject({ note: sealedText.optional() }) },
  caseExcluded: { 1: z.strictObject({ note: sealedText.optional() }) },
  caseIncluded: { 1: z.strictObject({ note: sealedText.optional() }) },
  caseReinstated: { 1: z.strictObject({ note: sealedText.optional() }) },
  readsCompleted: { 1: z.strictObject({ readIds: z.array(uuid) }) },
  consensusReached: { 1: z.strictObject({ consensus }), 2: z.strictObject({ consensus, disagreements }) },
  disagreementFound: { 1: z.strictObject({ consensus }), 2: z.strictObject({ consensus, disagreements }) },
  subjectErased: { 1: z.strictObject({ subjectId: uuid }) },
  extraReadRequested: { 1: z.strictObject({}) },
  adjudicationOpened: {
    1: z.strictObject({
      adjudicationId: uuid,
      cause: z.enum(adjudicationCauses),
      panelSize: z.union(panelSizes.map((size) => z.literal(size))),
    }),
  },
  adjudicationClaimed: { 1: z.strictObject({ ...ofSeat, leaseEndsAt: z.int() }) },
  adjudicationReleased: { 1: z.strictObject(ofSeat) },
  adjudicationExpired: { 1: z.strictObject(ofSeat) },
  adjudicationVoted: {
    1: z.strictObject({
      ...ofSeat,
      annotationId: uuid,
      annotation,
      choices: z.array(
        z.strictObject({
          disagreementId: uuid,
          option: z.string(),
          reason: decisionReason,
          note: sealedText.optional(),
        }),
      ),
    }),
  },
  panelSplit: { 1: z.strictObject({ adjudicationId: uuid }) },
  adjudicationDecided: {
    1: z.strictObject({
      adjudicationId: uuid,
      annotationId: uuid,
      decisions: z.array(
        z.strictObject({
          disagreementId: uuid,
          option: z.string(),
          reason: decisionReason,
          followed: z.array(uuid),
          overruled: z.array(uuid),
        }),
      ),
    }),
  },
  caseFinalised: { 1: z.strictObject({ source: z.enum(['consensus', 'adjudication']), note: sealedText.optional() }) },
  caseReopened: { 1: z.strictObject({ note: sealedText.optional() }) },
  parkedStreamRetried: { 1: z.strictObject(parkedAt) },
  parkedEventDiscarded: { 1: z.strictObject(parkedAt) },
  // People, and moving cases between versions of the protocol.
  annotatorQualified: { 1: z.strictObject({ ...ofAnnotator, qualification, expiresAt: z.int().optional() }) },
  annotatorDisqualified: { 1: z.strictObject({ ...ofAnnotator, qualification }) },
  annotatorPaused: { 1: z.strictObject({ ...ofAnnotator, reason: z.enum(pauseReasons) }) },
  annotatorResumed: { 1: z.strictObject(ofAnnotator) },
  alertRaised: {
    1: z.strictObject({
      ...ofAlert,
      kind: z.enum(alertKinds),
      method,
      statements: count,
      statistic: finite,
      evidence: z.array(uuid).max(alertEvidenceMaximum),
    }),
  },
  alertAcknowledged: { 1: z.strictObject(ofAlert) },
  alertResolved: { 1: z.strictObject({ ...ofAlert, outcome: z.enum(alertOutcomes) }) },
  memberAdded: { 1: z.strictObject({ personId: uuid, role: z.enum(memberRoles) }) },
  memberRemoved: { 1: z.strictObject({ personId: uuid, role: z.enum(memberRoles) }) },
  caseProtocolMoved: { 1: z.strictObject({ from: z.int().min(1), protocolVersion: z.int().min(1) }) },
  // Annotations that came too late, and flags.
  lateAnnotationKept: { 1: z.strictObject({ ...ofRead, annotationId: uuid, annotation }) },
  lateAnnotationAccepted: { 1: z.strictObject({ ...ofRead, annotationId: uuid }) },
  lateAnnotationDeclined: { 1: z.strictObject({ ...ofRead, annotationId: uuid, note: sealedText.optional() }) },
  caseFlagged: {
    1: z.strictObject({
      flagId: uuid,
      annotatorId: uuid.optional(),
      reason: z.enum(flagReasons),
      note: sealedText.optional(),
    }),
  },
  // Assignment.
  caseAssigned: { 1: z.strictObject({ annotatorId: uuid, note: sealedText.optional() }) },
  caseUnassigned: { 1: z.strictObject({ annotatorId: uuid, note: sealedText.optional() }) },
  flagResolved: { 1: z.strictObject({ flagId: uuid, note: sealedText.optional() }) },
  answersScored: {
    1: z.strictObject({
      scoringId: uuid,
      basedOnVersion: z.int().min(1),
      truth: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('gold'), truthVersion: z.int().min(1) }),
        z.strictObject({ kind: z.literal('adjudicated'), adjudicationId: uuid, samplingProbability: share }),
      ]),
      method,
      scores: z.array(
        z.strictObject({
          readId: uuid,
          annotatorId: uuid,
          annotationId: uuid,
          activeMs: count.nullable(),
          items: z.array(
            z.strictObject({
              sentence: sentenceAt.nullable(),
              label: z.string().nullable(),
              findingGroup: z.string().nullable(),
              given: z.enum(presences),
              truth: z.enum(presences),
            }),
          ),
          regions: z.strictObject({ expected: count, given: count, matched: count, summedIou: finite.min(0) }),
        }),
      ),
    }),
  },
  // Gold.
  goldSet: { 1: z.strictObject(truth) },
  goldCorrected: { 1: z.strictObject(truth) },
  goldRetired: { 1: z.strictObject({ note: sealedText.optional() }) },
  goldClaimed: { 1: z.strictObject({ ...ofRead, leaseEndsAt: z.int(), sentences: z.array(sentenceAt) }) },
  goldReleased: {
    1: z.strictObject({ ...ofRead, reason: z.enum(returnReasons).optional(), note: sealedText.optional() }),
  },
  goldSkipped: { 1: z.strictObject({ ...ofRead, reason: z.enum(skipReasons), note: sealedText.optional() }) },
  goldAnswered: {
    1: z.strictObject({
      ...ofRead,
      annotationId: uuid,
      revision: z.int().min(1),
      truthVersion: z.int().min(1),
      annotation,
      timeOnTask: timeOnTask.optional(),
    }),
  },
  goldAmended: {
    1: z.strictObject({
      ...ofRead,
      annotationId: uuid,
      revision: z.int().min(2),
      annotation,
      note: sealedText.optional(),
    }),
  },
  // Sentences that change, and translations that are questioned.
  sentenceCorrected: {
    1: z.strictObject({
      ...sentenceAt.shape,
      change: z.enum(sentenceChanges),
      text: bilingualText,
      ...changedSentences,
    }),
  },
  sentenceSplit: {
    1: z.strictObject({
      ...sentenceAt.shape,
      into: z.array(caseSentence).min(2),
      linksTo: uuid.nullable(),
      ...changedSentences,
    }),
  },
  sentencesMerged: {
    1: z.strictObject({
      sentences: z.array(sentenceAt).min(2),
      into: caseSentence,
      linksTo: uuid.nullable(),
      ...changedSentences,
    }),
  },
  annotationOutdated: { 1: z.strictObject({ ...ofRead, annotationId: uuid, revision: z.int().min(1) }) },
  translationQuestioned: {
    1: z.strictObject({
      projectId: uuid,
      disagreementId: uuid,
      ...sentenceAt.shape,
      checker: z.strictObject({ name: z.string(), version: z.string() }),
      hits: z
        .array(
          z.strictObject({
            type: z.enum(translationHitTypes),
            code: z.enum(translationHitCodes),
            es: textSpan,
            en: textSpan,
          }),
        )
        .min(1),
    }),
  },
  translationConfirmed: {
    1: z.strictObject({
      disagreementId: uuid,
      ...sentenceAt.shape,
      adjudicationId: uuid.optional(),
      note: sealedText.optional(),
    }),
  },
  // Reviews of reads.
  reviewOpened: { 1: z.strictObject({ ...ofReview, cause: z.enum(reviewCauses), note: sealedText.optional() }) },
  reviewClaimed: { 1: z.strictObject({ ...ofReviewer, leaseEndsAt: z.int() }) },
  reviewReleased: { 1: z.strictObject(ofReviewer) },
  reviewExpired: { 1: z.strictObject(ofReviewer) },
  reviewRecorded: {
    1: z.strictObject({
      ...ofReviewer,
      annotationId: uuid,
      outcome: z.enum(reviewOutcomes),
      fix: z.strictObject({ annotationId: uuid, annotation }).optional(),
      note: sealedText.optional(),
    }),
  },
  reviewClosed: {
    1: z.strictObject({ ...ofReview, cause: z.enum(['waived', 'readGone']), note: sealedText.optional() }),
  },
  readPassedOn: { 1: z.strictObject(ofRead) },
  // Threads of comments.
  threadOpened: { 1: z.strictObject({ ...ofComment, subject: threadSubject }) },
  commentAdded: { 1: z.strictObject(ofComment) },
  commentCorrected: { 1: z.strictObject({ ...ofComment, revision: z.int().min(2) }) },
  commentRetracted: { 1: z.strictObject({ ...ofThread, commentId: uuid }) },
  threadResolved: { 1: z.strictObject(ofThread) },
  threadReopened: { 1: z.strictObject(ofThread) },
} as const;

export type EventType = keyof typeof eventSchemas;

export const isEventType = (text: string): text is EventType => Object.hasOwn(eventSchemas, text);
