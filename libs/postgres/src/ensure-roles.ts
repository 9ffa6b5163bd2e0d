import type { ClientBase } from 'pg';
import { databaseRoles } from './database-options.ts';

/**
 * Makes the service roles where they are missing and the login user a member of each, so that it can take them on.
 * Roles belong to the server, not to a database: a restored dump brings none, hence this runs at every migration.
 * Two databases of one server may be migrated at the same time: whoever loses the race finds the role there.
 */
export async function ensureRoles(client: ClientBase): Promise<void> {
  for (const role of databaseRoles) {
    await client.query(`
      DO $do$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '${role}') THEN
          CREATE ROLE ${role} NOLOGIN;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END $do$`);
    await client.query(`
      DO $do$
      BEGIN
        IF NOT pg_has_role(current_user, '${role}', 'SET') THEN
          EXECUTE format('GRANT ${role} TO %I WITH INHERIT FALSE, SET TRUE', current_user);
        END IF;
      EXCEPTION WHEN unique_violation THEN
        NULL;
      END $do$`);
  }
}
