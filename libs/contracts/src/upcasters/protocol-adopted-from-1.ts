import type { z } from 'zod';
import type { eventSchemas } from '../event-schemas.ts';

type From = z.infer<(typeof eventSchemas.protocolAdopted)[1]>;
type To = z.infer<(typeof eventSchemas.protocolAdopted)[2]>;

/**
 * Version 1 had terms without structure, put regions and polarities alone in dispute, and knew no way on from there. It allowed
 * any words as progression and as quality flags; version 2 allows terms alone, so under an upcast protocol none can be given until
 * the project adopts another.
 */
export function protocolAdoptedFrom1(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  // The registry has parsed it by the schema of version 1.
  const { protocol, protocolVersion } = payload as From;
  const next: To = {
    protocolVersion,
    protocol: {
      ...protocol,
      readsMaximum: protocol.readsPerCase,
      amendWindowMs: 0,
      languages: [],
      qualificationsRequired: false,
      labels: protocol.labels.map((term) => ({ term })),
      locations: protocol.locations.map((term) => ({ term })),
      progressionTerms: [],
      imageQualityFlags: [],
      reportQualityFlags: [],
      regionKinds: ['box'],
      disagreements: {
        presence: 'adjudicate',
        label: 'record',
        extent: 'adjudicate',
        location: 'record',
        progression: 'record',
        sentenceLink: 'adjudicate',
        translation: 'record',
      },
      adjudication: {
        panelSize: 1,
        roles: ['adjudicator'],
        sampledShare: 0,
        readersShown: 'afterDecision',
      },
      reviewShare: 0,
      goldShare: 0,
    },
  };
  return next;
}
