import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { foldersOf, reapFolder } from './embedded/data-folder.ts';
import { identifyProcess } from './embedded/process-identity.ts';

const prefix = 'consilium-test-';

/** A new folder for a test stack; its name tells which process made it. */
export async function makeTestFolder(parent: string = tmpdir()): Promise<string> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`));
  // The user that Postgres runs as must pass through to its own folder.
  await chmod(folder, 0o711);
  return folder;
}

/**
 * Ends the servers and removes the folders of test stacks whose owner and watchdog were both killed. A folder of a
 * living process, or of another user, is left alone.
 */
export async function reapTestFolders(parent: string = tmpdir()): Promise<void> {
  const names = existsSync(parent) ? await readdir(parent) : [];
  await Promise.all(
    names.map(async (name) => {
      const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
      const folder = join(parent, name);
      if (pid === undefined || !(await isAbandoned(folder, Number(pid)))) return;
      if (!(await reapFolder(folder))) return;
      for (const one of foldersOf(folder)) await rm(one, { recursive: true, force: true, maxRetries: 3 });
    }),
  );
}

/** The number of a dead owner may be in use again; then the folder stays until that process has gone as well. */
async function isAbandoned(folder: string, pid: number): Promise<boolean> {
  if (identifyProcess(pid) !== undefined) return false;
  const { uid } = await stat(folder).catch(() => ({ uid: undefined }));
  return uid === userInfo().uid;
}
