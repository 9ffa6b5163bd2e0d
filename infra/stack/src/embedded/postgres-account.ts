import { userInfo } from 'node:os';
import { StackUnavailable } from '../stack-unavailable.ts';
import { runToEnd } from './run-to-end.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const name = 'postgres';
const timeoutMs = 10_000;
/** The tools of the system, whatever PATH the user has. */
const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

/** The user to run Postgres as; undefined for an ordinary user, who runs it as himself. Postgres refuses root. */
export async function postgresAccount(): Promise<Account | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const existing = await lookUp();
  if (existing !== undefined) return existing;
  const options = { environment, timeoutMs };
  await runToEnd('groupadd', ['--system', name], options);
  await runToEnd('useradd', ['--system', '--gid', name, '--no-create-home', '--shell', '/bin/false', name], options);
  const created = await lookUp();
  if (created !== undefined) return created;
  throw new StackUnavailable(
    'postgres-user-missing',
    'PostgreSQL refuses to run as root, and the user postgres neither exists nor could be created',
    'create it (useradd --system postgres), or start as another user than root, or set DATABASE_URL',
  );
}

async function lookUp(): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => {
      const { code, stdout } = await runToEnd('id', [flag, name], { environment, timeoutMs });
      return code === 0 ? Number(stdout.trim()) : undefined;
    }),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}
