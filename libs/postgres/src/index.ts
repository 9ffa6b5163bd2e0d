export { Database } from './database.ts';
export type { PoolUse } from './database.ts';
export { databaseRoles } from './database-options.ts';
export type { DatabaseOptions, DatabaseRole } from './database-options.ts';
export { isTransient } from './is-transient.ts';
export { migrate, MigrationChanged } from './migrate.ts';
export type { MigrateOptions, MigrationReport } from './migrate.ts';
export { readMigrations } from './migration.ts';
export type { Migration } from './migration.ts';
export { TransactionRolledBack } from './queryable.ts';
export type { Queryable, Session, Statement, Transaction } from './queryable.ts';
export {
  readBoolean,
  readBytes,
  readInteger,
  readOptionalBytes,
  readOptionalInteger,
  readOptionalText,
  readOptionalTexts,
  readText,
  UnexpectedRow,
} from './row.ts';
export type { Row } from './row.ts';
export { hasSafeSuccessor, withinSafeIntegers } from './within-safe-integers.ts';
export { constraintOf, detailOf, errorCodeOf, hasSqlState, sqlState } from './sql-state.ts';
