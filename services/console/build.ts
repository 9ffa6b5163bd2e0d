/**
 * Builds the pages into dist/site and GraphiQL into dist/graphiql: two folders, so that what serves the site in
 * production cannot hand out GraphiQL by accident.
 *
 * `npm start` builds every time it runs, so a build whose inputs are those of the last one is left out. The stamp is
 * removed first and written last: after a crash midway the next run builds anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'vite';

const here = import.meta.dirname;
const stampFile = join(here, 'dist', '.built-from');
const outputs = [join(here, 'dist', 'site', 'index.html'), join(here, 'dist', 'graphiql', 'index.html')];

const inputs = [
  ...['src', 'public'].flatMap((folder) => filesBelow(join(here, folder))),
  ...['build.ts', 'index.html', 'graphiql.html', 'package.json', '../../package-lock.json'].map((file) =>
    join(here, file),
  ),
];
const stamp = hashOf(inputs);

if (isBuiltFrom(stamp)) {
  process.stdout.write('console: nothing changed since the last build\n');
} else {
  rmSync(stampFile, { force: true });
  await buildPages({ input: 'index.html', outDir: 'dist/site', base: '/' });
  await buildPages({ input: 'graphiql.html', outDir: 'dist/graphiql', base: '/graphiql/' });
  await rename(join(here, 'dist', 'graphiql', 'graphiql.html'), join(here, 'dist', 'graphiql', 'index.html'));
  writeFileSync(stampFile, stamp);
}

interface Pages {
  readonly input: string;
  readonly outDir: string;
  readonly base: string;
}

async function buildPages({ input, outDir, base }: Pages): Promise<void> {
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    base,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // An inlined asset would be a data: URL, which the pages' content security policy does not allow.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: {
        input: join(here, input),
        onLog: (level, log, print) => {
          // Directives such as "use client" in packages mean something to React servers only.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') print(level, log);
        },
      },
    },
  });
}

function isBuiltFrom(wanted: string): boolean {
  if (!outputs.every((file) => existsSync(file)) || !existsSync(stampFile)) return false;
  return readFileSync(stampFile, 'utf8') === wanted;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    const bytes = readFileSync(file);
    hash.update(`${relative(here, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
