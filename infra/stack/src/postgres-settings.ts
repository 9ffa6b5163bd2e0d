/** Settings of the server that embedded and containerised Postgres have in common. */

/** User and database have the product's name; the user is the superuser of its own cluster. */
export const postgresOwner = 'consilium';

/**
 * fsync, synchronous_commit and full_page_writes stay on, as they are by default: what is acknowledged survives a crash,
 * in tests and benchmarks too.
 */
export const postgresSettings: readonly string[] = [
  'max_connections=200',
  'shared_buffers=256MB',
  'timezone=UTC',
  'log_timezone=UTC',
];

/** Sorted by code point whatever the machine's locale, as every comparison of canonical bytes expects. */
export const initdbOptions: readonly string[] = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
];
