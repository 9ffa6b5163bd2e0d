import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchor, AnchoredHead } from './anchor.ts';
import { AnchorConflict, AnchorUnavailable } from './anchor.ts';
import { headName, sizeOfName } from './head-name.ts';

const draftPrefix = '.draft-';

/** A folder with a file for each checkpoint: on another machine, or one that a tool copies to write-once storage. */
export class FolderAnchor implements Anchor {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async newest(): Promise<AnchoredHead | undefined> {
    return whenReachable(async () => {
      await mkdir(this.#folder, { recursive: true });
      const name = (await readdir(this.#folder))
        .filter((file) => sizeOfName(file) !== undefined)
        .sort()
        .at(-1);
      return name === undefined ? undefined : this.#read(name);
    });
  }

  async put({ size, note }: AnchoredHead): Promise<void> {
    const path = join(this.#folder, headName(size));
    const isNew = await whenReachable(async () => {
      await mkdir(this.#folder, { recursive: true });
      return this.#write(path, note);
    });
    if (isNew) return;
    const there = await whenReachable(async () => readFile(path, 'utf8'));
    if (there !== note) throw new AnchorConflict(size);
  }

  async *heads(onStranger: (name: string) => void): AsyncGenerator<AnchoredHead> {
    const names = await whenReachable(async () => readdir(this.#folder));
    for (const name of names.sort()) {
      // A draft is what a process leaves that was killed while it wrote.
      if (sizeOfName(name) !== undefined) yield await whenReachable(async () => this.#read(name));
      else if (!name.startsWith(draftPrefix)) onStranger(name);
    }
  }

  async #read(name: string): Promise<AnchoredHead> {
    return { size: sizeOfName(name) ?? 0, note: await readFile(join(this.#folder, name), 'utf8') };
  }

  /** Whole or not at all, and never over what is there. False where something is. */
  async #write(path: string, note: string): Promise<boolean> {
    const draft = join(this.#folder, `${draftPrefix}${randomUUID()}`);
    try {
      const file = await open(draft, 'wx', 0o444);
      try {
        await file.writeFile(note);
        await file.sync();
      } finally {
        await file.close();
      }
      await link(draft, path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await unlink(draft).catch(() => undefined);
    }
  }
}

/** Of an error of the file system, whichever realm it comes from. */
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

async function whenReachable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new AnchorUnavailable('the anchor folder cannot be used', { cause: error });
  }
}
