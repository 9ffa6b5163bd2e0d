import { eventStoreMigrations } from '@consilium/event-store';
import type { OrganisationId } from '@consilium/domain';
import { Database, type DatabaseRole, type Queryable } from '@consilium/postgres';
import { createTestDatabase, type TestDatabase } from '@consilium/postgres/testing';
import { readModelMigrations } from '../migrations.ts';

/** A migrated database of one spec file, and connections to it in the roles of the services. */
export class ViewDatabase {
  readonly #test: TestDatabase;
  readonly #open: Database[] = [];
  readonly projector: Database;
  readonly api: Database;
  readonly auditor: Database;
  /** Owns the tables. */
  readonly owner: Database;

  private constructor(test: TestDatabase) {
    this.#test = test;
    this.projector = this.#connect('consilium_projector');
    this.api = this.#connect('consilium_api');
    this.auditor = this.#connect('consilium_auditor');
    this.owner = this.#connect(undefined);
  }

  static async create(): Promise<ViewDatabase> {
    const migrations = [...(await eventStoreMigrations()), ...(await readModelMigrations())];
    return new ViewDatabase(await createTestDatabase({ migrations }));
  }

  as(organisation: OrganisationId): Queryable {
    return this.api.forOrganisation(organisation);
  }

  async drop(): Promise<void> {
    await Promise.all(this.#open.map(async (database) => database.close()));
    await this.#test.drop();
  }

  #connect(role: DatabaseRole | undefined): Database {
    const database = new Database({
      url: this.#test.url,
      applicationName: 'read-model-spec',
      poolSize: 4,
      ...(role === undefined ? {} : { role }),
    });
    this.#open.push(database);
    return database;
  }
}
