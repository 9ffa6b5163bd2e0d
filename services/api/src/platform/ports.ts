import {
  activeTime,
  chooseKeyEncryption,
  countReadersLeft,
  PostgresEventStore,
  PostgresSealStore,
  PostgresSubjectKeys,
} from '@consilium/event-store';
import type { LocalKeys, SealStore } from '@consilium/event-store';
import type { Database } from '@consilium/postgres';
import {
  casesOfStatus,
  casesSubmittedBy,
  casesToMove,
  countClaimed,
  heldClaims,
  suggestAdjudications,
  suggestAssigned,
  suggestCases,
  suggestGold,
  suggestReviews,
} from '@consilium/read-model';
import type { SeatPorts } from '../adjudication/claim-seat.ts';
import type { FinishPorts } from '../adjudication/finish-case.ts';
import type { BulkPorts } from '../bulk/find-changes.ts';
import type { ApiConfig } from '../config.ts';
import type { MovePorts } from '../move/find-moves.ts';
import type { QueuePorts } from '../read/claim-next-case.ts';
import type { TimePorts } from '../read/time-on-task.ts';
import { ClaimsInLine } from '../read/claims-in-line.ts';
import type { HeldRead } from '../schema/generated/schema-types.ts';
import type { ReviewPorts } from '../review/claim-review.ts';
import type { UndoPorts } from '../undo/find-undo.ts';
import { Identities } from './identities.ts';
import { KeyedHash } from './keyed-hash.ts';
import { ProjectFacts } from './project-facts.ts';

/** Everything that use cases need of the outside; each use case says which part it takes. */
export type Ports = QueuePorts &
  SeatPorts &
  ReviewPorts &
  FinishPorts &
  UndoPorts &
  TimePorts &
  MovePorts &
  BulkPorts & {
    /** Tiles of the Merkle tree. */
    readonly seals: Pick<SealStore, 'readTile'>;
  };

export function makePorts(database: Database, keys: LocalKeys, { kms }: Pick<ApiConfig, 'kms'>): Ports {
  const store = new PostgresEventStore(database);
  return {
    store,
    seals: new PostgresSealStore(database),
    identities: new Identities(new KeyedHash(keys.pseudonymKey)),
    signatures: new KeyedHash(keys.cursorKey),
    facts: new ProjectFacts(store),
    subjectKeys: new PostgresSubjectKeys(database, chooseKeyEncryption(keys, kms)),
    heldClaims: async (organisation, projectId, annotatorId) =>
      (await heldClaims(database.forOrganisation(organisation), projectId, annotatorId)).map(
        ({ caseId, claimId, leaseEndsAt }): HeldRead => ({ caseId, leaseToken: claimId, leaseEndsAt }),
      ),
    casesToMove: async (organisation, request) => casesToMove(database.forOrganisation(organisation), request),
    casesOfStatus: async (organisation, request) => casesOfStatus(database.forOrganisation(organisation), request),
    submittedCases: async (organisation, request) => casesSubmittedBy(database.forOrganisation(organisation), request),
    suggestAdjudications: async ({ organisation, ...request }) =>
      suggestAdjudications(database.forOrganisation(organisation), request),
    suggestReviews: async ({ organisation, ...request }) =>
      suggestReviews(database.forOrganisation(organisation), request),
    readersLeft: async (query) => countReadersLeft(database.forOrganisation(query.organisation), query),
    // The view leaves out nothing on request: so many more are asked for as were tried.
    claimsInLine: new ClaimsInLine(),
    suggestCases: async ({ organisation, without, limit, ...request }) => {
      const wider = { ...request, limit: limit + without.length };
      const suggested = await suggestCases(database.forOrganisation(organisation), wider);
      return suggested.filter((caseId) => !without.includes(caseId)).slice(0, limit);
    },
    activeTime: async (organisation, query) => activeTime(database.forOrganisation(organisation), query),
    suggestAssigned: async ({ organisation, ...request }) =>
      suggestAssigned(database.forOrganisation(organisation), request),
    suggestGold: async ({ organisation, ...request }) => suggestGold(database.forOrganisation(organisation), request),
    claimedCases: async (organisation, projectId, annotatorId) =>
      countClaimed(database.forOrganisation(organisation), projectId, annotatorId),
  };
}
