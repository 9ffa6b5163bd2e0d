import type { OrganisationId, SubjectId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';

/** The key that a stored text names. */
export interface WantedKey {
  readonly subjectId: SubjectId;
  readonly keyVersion: number;
}

/** The data keys of the people on the images, one for each. */
export interface SubjectKeys {
  /**
   * The current keys of 1 to 1,000 subjects, made where there is none.
   * @throws SubjectErased, KeyUnwrapFailed, StoreUnavailable
   */
  ensure(organisation: OrganisationId, subjectIds: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey>>;
  /**
   * The key that a stored text names. Undefined where there is none any more: what it sealed can never be read again.
   * @throws KeyUnwrapFailed, StoreUnavailable
   */
  find(organisation: OrganisationId, subjectId: SubjectId, keyVersion: number): Promise<DataKey | undefined>;
  /**
   * The same for 0 to 10,000 texts in one trip, in their order.
   * @throws KeyUnwrapFailed, StoreUnavailable
   */
  findMany(organisation: OrganisationId, wanted: readonly WantedKey[]): Promise<readonly (DataKey | undefined)[]>;
  /** Drops what is held in memory, so that a key that was destroyed is used no more: the others are looked up again. */
  forget(): void;
}

/** The subject's key was destroyed: nothing about this person may be written any more. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
  readonly subjectId: SubjectId;

  constructor(subjectId: SubjectId, options?: ErrorOptions) {
    super(`subject ${subjectId} was erased`, options);
    this.subjectId = subjectId;
  }
}
