import pg from 'pg';

/**
 * Sequence numbers, versions and epoch milliseconds fit 2^53 (at a million a second it lasts 285 years); a value that
 * does not is a fault somewhere and stops here instead of being rounded in silence.
 */
export function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint column holds a number beyond 2^53');
  return value;
}

const keepText = (text: string): string => text;

/**
 * How column values become JavaScript values, where that differs from pg's own choice. Instants leave the server as
 * epoch milliseconds by an explicit SQL expression; a bare timestamp stays text, never a Date in some time zone.
 */
export function makeValueParsers(): pg.CustomTypesConfig {
  const { builtins } = pg.types;
  const overrides = new pg.TypeOverrides();
  overrides.setTypeParser(builtins.INT8, parseBigint);
  overrides.setTypeParser(builtins.TIMESTAMPTZ, keepText);
  overrides.setTypeParser(builtins.TIMESTAMP, keepText);
  overrides.setTypeParser(builtins.DATE, keepText);
  return overrides;
}
