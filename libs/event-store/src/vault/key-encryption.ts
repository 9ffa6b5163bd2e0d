import type { OrganisationId } from '@consilium/domain';
import type { DataKey } from '@consilium/contracts';

/** A data key as it may be stored: unreadable without the key of this id, which is kept outside the database. */
export interface WrappedKey {
  readonly keyEncryptionKeyId: string;
  readonly wrapped: Uint8Array;
}

export interface KeyEncryption {
  /** Of the key, and its version if it has versions, that wraps now. A key service is asked: it may have changed hands there. */
  currentKeyId(): Promise<string>;
  /** Under the newest key; bound to organisation, subject and version, so that a wrapped key cannot be put in another's place. */
  wrap(organisation: OrganisationId, dataKey: DataKey): Promise<WrappedKey>;
  /** @throws KeyUnwrapFailed */
  unwrap(organisation: OrganisationId, identity: Omit<DataKey, 'key'>, wrapped: WrappedKey): Promise<DataKey>;
}

/** The key that wrapped this data key is not here, or the stored bytes were changed or moved. */
export class KeyUnwrapFailed extends Error {
  override readonly name = 'KeyUnwrapFailed';
  readonly keyEncryptionKeyId: string;

  constructor(keyEncryptionKeyId: string, options?: ErrorOptions) {
    super(`a data key wrapped by ${keyEncryptionKeyId} does not open`, options);
    this.keyEncryptionKeyId = keyEncryptionKeyId;
  }
}

/** What a wrapped key is bound to, whoever wraps it. */
export const boundTo = (organisation: OrganisationId, { subjectId, keyVersion }: Omit<DataKey, 'key'>): Buffer =>
  Buffer.from(`consilium/data-key/v1\0${organisation}\0${subjectId}\0${String(keyVersion)}`);
