import { addKeyEncryptionKey, chooseKeyEncryption, readLocalKeyFile, rewrapKeys } from '@consilium/event-store';
import { Database } from '@consilium/postgres';
import { createLogger } from '@consilium/runtime';
import { readRewrapConfig } from './config.ts';

/*
 * Rotates key-encryption keys. With --add-key it adds a new one to the key file and ends: every api process then has to be
 * started anew, so that it can open what the new key wraps. Without, it wraps all data keys under the newest key (or the one of
 * the key service): afterwards the older keys can be taken out of the file. It may be stopped and run again at any time.
 */

const logger = createLogger({ service: 'rewrap-keys' });
try {
  const { databaseUrl, keyFile, kms } = readRewrapConfig();
  if (process.argv.includes('--add-key')) {
    const id = await addKeyEncryptionKey(keyFile);
    logger.info(
      { keyEncryptionKeyId: id },
      'the key file has a new key: start the api anew, then run this without --add-key',
    );
  } else {
    const keyEncryption = chooseKeyEncryption(await readLocalKeyFile(keyFile), kms);
    const owner = new Database({ url: databaseUrl, applicationName: 'consilium-rewrap', poolSize: 1 });
    try {
      const { rewrapped, currentKeyId, left } = await rewrapKeys(owner, keyEncryption, {
        onBatch: (done) => {
          logger.info({ rewrapped: done }, 'data keys are wrapped anew');
        },
      });
      if (left.size > 0) {
        logger.error(
          { left: Object.fromEntries(left) },
          'an api process without the new key still wraps: start it anew',
        );
        process.exitCode = 1;
      } else {
        logger.info(
          { rewrapped, keyEncryptionKeyId: currentKeyId },
          'every data key is under this key: no older one is needed',
        );
      }
    } finally {
      await owner.close();
    }
  }
} catch (error) {
  logger.fatal({ error }, 'the data keys could not be wrapped anew');
  process.exitCode = 1;
}
