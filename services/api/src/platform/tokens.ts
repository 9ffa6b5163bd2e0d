/** What Nest injects. Explicit, since types leave no trace at run time. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const HEALTH = Symbol('health');
export const METRICS = Symbol('metrics');
export const DATABASE = Symbol('database');
export const LOCAL_KEYS = Symbol('local keys');
export const TOKEN_VERIFIER = Symbol('token verifier');
/** Everything use cases need: see Ports. */
export const PORTS = Symbol('ports');
export const SCOPES = Symbol('request scopes');
/** Of Apollo, in the order in which they see a request. */
export const HTTP_PLUGINS = Symbol('http plugins');
/** Which operations may run. */
export const OPERATIONS = Symbol('listed operations');
export const FOLLOWER = Symbol('change follower');
