import type { OrganisationId, PersonId, Role } from '@consilium/domain';

/** Who asks, by their token: everything they see and change is of this organisation. */
export interface Viewer {
  readonly personId: PersonId;
  readonly organisation: OrganisationId;
  readonly role: Role;
  /** Epoch milliseconds: nothing is answered after it. */
  readonly tokenEndsAtMs: number;
}
