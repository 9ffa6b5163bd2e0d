import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseChanged, me } from '@consilium/client';
import { Database } from '@consilium/postgres';
import { Endings } from './harness/endings.ts';
import { askOverSocket, bearer, knock } from './harness/graphql-door.ts';
import { waitUntilDrained } from './harness/stored-history.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { startWorkload } from './harness/workload.ts';

/** As production is told to be set up: our clients work, and a stolen token asks nothing of its own. */
describe('a service that runs listed operations only', () => {
  const endings = new Endings();
  let system: SystemUnderTest;
  let url = '';

  beforeAll(async () => {
    system = await startSystem(serversOfRun(), { CONSILIUM_MODE: 'production', CONSILIUM_OPERATIONS: 'listed' });
    endings.add(() => system.stop());
    url = `${system.api.url}/graphql`;
  });

  afterAll(() => endings.run());

  it('does the work of our clients, from a project to its reads', async () => {
    const database = new Database({ url: system.databaseUrl, applicationName: 'consilium-tests', poolSize: 2 });
    endings.add(() => database.close());
    const workload = await startWorkload(system, 2);
    endings.add(() => workload.close());
    const reads = await workload.claimAll(await workload.importMore(1));
    expect(reads.length).toBeGreaterThan(0);
    await waitUntilDrained(database);
  });

  it('runs nothing else, by HTTP and by socket', async () => {
    const { token } = system.person('lead');
    const listed = await knock(url, JSON.stringify({ query: me.document }), bearer(token));
    expect(listed.data).toMatchObject({ me: { role: 'lead' } });
    const free = await knock(url, JSON.stringify({ query: '{ projects { edges { node { id } } } }' }), bearer(token));
    expect({ status: free.status, codes: free.codes }).toEqual({ status: 400, codes: ['OPERATION_NOT_LISTED'] });
    const followed = await askOverSocket(url, token, { query: `${caseChanged.document} ` });
    expect(followed.frames).toMatchObject([
      { type: 'error', payload: [{ extensions: { code: 'OPERATION_NOT_LISTED' } }] },
    ]);
  });
});
