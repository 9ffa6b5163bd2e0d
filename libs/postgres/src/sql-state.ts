/** The SQLSTATE codes this code base tells apart (PostgreSQL documentation, appendix A), by what they mean here. */
export const sqlState = {
  uniqueViolation: '23505',
  checkViolation: '23514',
  insufficientPrivilege: '42501',
  invalidParameterValue: '22023',
  undefinedTable: '42P01',
  undefinedDatabase: '3D000',
  duplicateObject: '42710',
  duplicateDatabase: '42P04',
  objectInUse: '55006',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  tooManyConnections: '53300',
  adminShutdown: '57P01',
  crashShutdown: '57P02',
  cannotConnectNow: '57P03',
  idleInTransactionSessionTimeout: '25P03',
} as const;

/** The SQLSTATE (or the Node.js system error code) of a failure, undefined where it has none. */
export const errorCodeOf = (error: unknown): string | undefined => textOf(error, 'code');

/** Whether a failure carries this SQLSTATE. */
export const hasSqlState = (error: unknown, state: string): boolean => errorCodeOf(error) === state;

/** The constraint a failed statement broke, undefined where the failure names none. */
export const constraintOf = (error: unknown): string | undefined => textOf(error, 'constraint');

/** What a failed statement said besides its message, undefined where it said no more. */
export const detailOf = (error: unknown): string | undefined => textOf(error, 'detail');

export const messageOf = (error: unknown): string | undefined => textOf(error, 'message');

/** Not by instanceof Error: a test runner gives its code an Error class other than that of Node.js itself. */
function textOf(error: unknown, property: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : undefined;
}
