#!/usr/bin/env node
// There before anything is built, so that npm can link the command; what it runs is made by `npm run build`.
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('consilium is not built yet: run npm run build (npm start does it too).\n');
  process.exitCode = 1;
}
