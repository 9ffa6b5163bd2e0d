/** What Nest injects. Explicit, since types leave no trace at run time. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const HEALTH = Symbol('health');
export const METRICS = Symbol('metrics');
export const DATABASE = Symbol('database');
export const MESSAGING = Symbol('messaging');
export const RELAY_STATE = Symbol('relay state');
export const SEALER = Symbol('sealer');
export const RELAY = Symbol('relay');
