import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredCheckpoint } from '@consilium/event-store';
import { errorCodeOf } from '@consilium/postgres';
import type { Anchor } from './anchor.ts';
import { AnchorConflict, AnchorUnavailable } from './anchor.ts';

const sizeDigits = 16;
const nameOf = (size: number): string => `checkpoint-${String(size).padStart(sizeDigits, '0')}.txt`;
const namePattern = /^checkpoint-([0-9]{16})\.txt$/;

/** A folder with a file for each checkpoint: on another machine, or one that a tool copies to write-once storage. */
export class FolderAnchor implements Anchor {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async newest(): Promise<StoredCheckpoint | undefined> {
    return whenReachable(async () => {
      await mkdir(this.#folder, { recursive: true });
      // Of equal length, so the order of the names is that of the sizes.
      const name = (await readdir(this.#folder))
        .filter((file) => namePattern.test(file))
        .sort()
        .at(-1);
      if (name === undefined) return undefined;
      return { size: Number(namePattern.exec(name)?.[1]), note: await readFile(join(this.#folder, name), 'utf8') };
    });
  }

  async put({ size, note }: StoredCheckpoint): Promise<void> {
    const path = join(this.#folder, nameOf(size));
    const isNew = await whenReachable(async () => {
      await mkdir(this.#folder, { recursive: true });
      return this.#write(path, note);
    });
    if (isNew) return;
    const there = await whenReachable(async () => readFile(path, 'utf8'));
    if (there !== note) throw new AnchorConflict(`the anchor has another checkpoint of size ${String(size)}`);
  }

  /** Whole or not at all, and never over what is there. False where something is. */
  async #write(path: string, note: string): Promise<boolean> {
    const draft = join(this.#folder, `.draft-${randomUUID()}`);
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
      if (errorCodeOf(error) === 'EEXIST') return false;
      throw error;
    } finally {
      await unlink(draft).catch(() => undefined);
    }
  }
}

async function whenReachable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new AnchorUnavailable('the anchor folder cannot be used', { cause: error });
  }
}
