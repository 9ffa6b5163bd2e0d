import { Database } from '@consilium/postgres';
import type { Logger } from '@consilium/runtime';
import { connections } from '../projecting/limits.ts';

export const openDatabase = (url: string, applicationName: string, logger: Logger): Database =>
  new Database({
    url,
    role: 'consilium_projector',
    applicationName,
    poolSize: connections,
    onIdleError: (error) => {
      logger.info({ error }, 'a database connection was lost');
    },
  });
