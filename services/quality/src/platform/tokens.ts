/** What Nest injects. Explicit, since types leave no trace at run time. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const HEALTH = Symbol('health');
export const METRICS = Symbol('metrics');
export const QUALITY_METRICS = Symbol('quality metrics');
export const DATABASE = Symbol('database');
export const SUBSCRIPTION = Symbol('subscription');
export const WORKS = Symbol('works');
export const WORKERS = Symbol('workers');
export const RECONCILE = Symbol('reconcile');
