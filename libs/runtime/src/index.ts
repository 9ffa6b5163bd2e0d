export { backOff } from './back-off.ts';
export type { BackOffOptions } from './back-off.ts';
export { environmentFields } from './environment-fields.ts';
export { collectSeldom } from './collect-seldom.ts';
export {
  armFailpoint,
  type Failpoint,
  failpointConsent,
  failpointConsentVariable,
  failpoints,
  failpointVariable,
  passFailpoint,
} from './failpoints.ts';
export { giveWay, waysToGive } from './give-way.ts';
export { HealthRegistry } from './health-registry.ts';
export type { HealthCheck, HealthProbe, HealthReport } from './health-registry.ts';
export { createLogger, describeError, logLevels } from './logger.ts';
export type { Logger, LoggerOptions, LogLevel } from './logger.ts';
export { createMetrics } from './metrics.ts';
export { exitWithParentVariable, parentWatch } from './parent-watch.ts';
export type { ParentWatchOptions } from './parent-watch.ts';
export { pause } from './pause.ts';
export { ConfigError, readConfig } from './read-config.ts';
export type { Environment } from './read-config.ts';
export { ensureSecretFile, readSecretFile, SecretFileUnusable } from './secret-file.ts';
export { ShutdownSequence } from './shutdown-sequence.ts';
export type { ShutdownOptions, ShutdownStep } from './shutdown-sequence.ts';
export { Counter, Gauge, Histogram, Registry } from 'prom-client';
