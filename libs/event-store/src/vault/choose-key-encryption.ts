import type { KeyEncryption } from './key-encryption.ts';
import { KmsKeyEncryption, type KmsOptions } from './kms-key-encryption.ts';
import { LocalKeyEncryption, type LocalKeys } from './local-key-file.ts';

/**
 * The keys of the file, or those of a key service. With a service everything new is wrapped there; what keys of the file
 * have wrapped still opens, until all is wrapped anew (`rewrap-keys`) and they can be taken out of the file.
 */
export function chooseKeyEncryption(
  keys: Pick<LocalKeys, 'keyEncryptionKeys'>,
  kms: KmsOptions | undefined,
): KeyEncryption {
  const local = new LocalKeyEncryption(keys);
  if (kms === undefined) return local;
  const remote = new KmsKeyEncryption(kms);
  return {
    currentKeyId: async () => remote.currentKeyId(),
    wrap: async (organisation, dataKey) => remote.wrap(organisation, dataKey),
    unwrap: async (organisation, identity, wrapped) =>
      (keys.keyEncryptionKeys.some(({ id }) => id === wrapped.keyEncryptionKeyId) ? local : remote).unwrap(
        organisation,
        identity,
        wrapped,
      ),
  };
}
