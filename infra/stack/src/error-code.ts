/**
 * The `code` of a system error, e.g. `EEXIST`. Asked by shape, not by class: inside Jest an error of the Node core
 * belongs to another realm and is no instance of the Error seen here.
 */
export function errorCode(error: unknown): string | undefined {
  const found = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof found === 'string' ? found : undefined;
}
