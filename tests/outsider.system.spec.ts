import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { merkleLeafOf } from '@consilium/contracts';
import {
  consistencyProof,
  cosignText,
  checkpointText,
  edgeOf,
  emptyTree,
  formatNote,
  formatNoteKey,
  growTree,
  type Hash,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHashOf,
  logSigningKey,
  readNoteKey,
  rootOf,
  signText,
  type TileReader,
  verifyCheckpoint,
  witnessSigningKey,
} from '@consilium/transparency';
import { z } from 'zod';
import { describeWhere } from './harness/describe-where.ts';

const origin = 'consilium.example/log';
const leafCount = 3_000;
/** Around every edge of a tile, and of the levels below. */
const sizes = [1, 2, 3, 255, 256, 257, 511, 512, 513, 1_000, 2_048, 2_999, 3_000];
const folder = mkdtempSync(join(tmpdir(), 'consilium-outsider-'));
const program = join(folder, 'outsider');

const base64 = z.string().transform((text): Hash => Buffer.from(text, 'base64'));
const proof = z.array(base64);
const answerSchema = z.object({
  problems: z.array(z.string()),
  checked: z.number(),
  key: z.string(),
  checkpoints: z.array(z.string()),
  inclusion: z.array(z.object({ index: z.number(), size: z.number(), proof })),
  consistency: z.array(z.object({ oldSize: z.number(), size: z.number(), proof })),
});

/** Why the program of others cannot be had here; undefined where it was built. */
function reasonForNone(): string | undefined {
  if (spawnSync('go', ['version']).status !== 0) return 'Go is not installed';
  const built = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: fileURLToPath(new URL('outsider', import.meta.url)),
    encoding: 'utf8',
  });
  if (built.status === 0) return undefined;
  if (built.stderr.includes('main.go')) throw new Error(built.stderr);
  return `Go could not fetch the modules (${built.stderr.trim().split('\n').at(-1) ?? 'no output'})`;
}

interface Claims {
  readonly logKey: string;
  readonly witnessKey: string;
  readonly leaves: readonly string[];
  readonly checkpoints: readonly string[];
  readonly tiles: readonly { readonly level: number; readonly index: number; readonly hashes: string }[];
  readonly inclusion: readonly { readonly index: number; readonly size: number; readonly proof: readonly string[] }[];
  readonly consistency: readonly {
    readonly oldSize: number;
    readonly size: number;
    readonly proof: readonly string[];
  }[];
}

function ask(given: Claims): z.output<typeof answerSchema> {
  const output = execFileSync(program, { input: JSON.stringify(given), maxBuffer: 64 * 1_048_576 });
  return answerSchema.parse(JSON.parse(output.toString('utf8')));
}

const reason = reasonForNone();

describeWhere(
  reason === undefined,
  `Checkpoints and proofs are not compared with golang.org/x/mod/sumdb: ${reason ?? ''}.`,
)('tools that we did not write', () => {
  const leaves = Array.from({ length: leafCount }, (_, index) => merkleLeafOf(index + 1, randomBytes(32)));
  const tiles = new Map<string, readonly Hash[]>();
  const read: TileReader = async ({ level, index }) =>
    Promise.resolve(tiles.get(`${String(level)}/${String(index)}`) ?? []);
  const log = logSigningKey(origin, generateKeyPairSync('ed25519').privateKey);
  const witness = witnessSigningKey('witness.example/w1', generateKeyPairSync('ed25519').privateKey);
  const roots = new Map<number, Hash>();
  const rootAt = (size: number): Hash => roots.get(size) ?? Buffer.alloc(0);
  let given: Claims;
  let answer: z.output<typeof answerSchema>;

  beforeAll(async () => {
    let edge = emptyTree;
    for (const size of [...sizes, leafCount]) {
      const grown = growTree(edge, leaves.slice(edge.size, size).map(leafHashOf));
      for (const { level, index, hashes } of grown.written) tiles.set(`${String(level)}/${String(index)}`, hashes);
      edge = await edgeOf(size, read);
      roots.set(size, await rootOf(size, read));
    }
    const inclusion = sizes.flatMap((size) =>
      [0, 1, 254, 255, 256, 257, 600, size - 2, size - 1]
        .filter((index) => index >= 0 && index < size)
        .map((index) => ({ index, size })),
    );
    const consistency = sizes.flatMap((size) =>
      sizes.filter((oldSize) => oldSize <= size).map((oldSize) => ({ oldSize, size })),
    );
    given = {
      logKey: formatNoteKey(log.key),
      witnessKey: formatNoteKey(witness.key),
      leaves: leaves.map(inBase64),
      checkpoints: sizes.map((size) => {
        const text = checkpointText({ origin, size, root: rootAt(size) });
        return formatNote({ text, signatures: [signText(text, log), cosignText(text, witness, 1_790_000_000)] });
      }),
      tiles: [...tiles].map(([name, hashes]) => {
        const [level = 0, index = 0] = name.split('/').map(Number);
        return { level, index, hashes: inBase64(Buffer.concat(hashes)) };
      }),
      inclusion: await Promise.all(
        inclusion.map(async ({ index, size }) => ({
          index,
          size,
          proof: (await inclusionProof(index, size, read)).map(inBase64),
        })),
      ),
      consistency: await Promise.all(
        consistency.map(async ({ oldSize, size }) => ({
          oldSize,
          size,
          proof: (await consistencyProof(oldSize, size, read)).map(inBase64),
        })),
      ),
    };
    answer = ask(given);
    expect(answer.checked).toBe(
      given.checkpoints.length + given.tiles.length + given.inclusion.length + given.consistency.length,
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('find our checkpoints, cosignatures, tiles and proofs good', () => {
    expect(answer.problems).toEqual([]);
    expect(answer.checked).toBeGreaterThan(200);
  });

  it('find what is spoiled', () => {
    const other = inBase64(randomBytes(32));
    const spoiled = ask({
      ...given,
      checkpoints: given.checkpoints.slice(-1).map((note) => note.replace(`\n${String(leafCount)}\n`, '\n2999\n')),
      tiles: given.tiles.slice(0, 1).map((tile) => ({ ...tile, hashes: other })),
      inclusion: given.inclusion.slice(-1).map((claim) => ({ ...claim, proof: claim.proof.with(0, other) })),
      consistency: given.consistency.slice(-2, -1).map((claim) => ({ ...claim, proof: claim.proof.with(0, other) })),
    });
    expect(spoiled.problems).toHaveLength(4);
  });

  it('make checkpoints that we find good, over the roots that we have', () => {
    const key = readNoteKey(answer.key);
    const trust = {
      origin,
      logKeys: [{ key, firstSize: 0, lastSize: undefined }],
      witnessKeys: [],
      witnessesNeeded: 0,
    };
    const verdicts = answer.checkpoints.map((note) => verifyCheckpoint(Buffer.from(note, 'utf8'), trust));
    expect(verdicts).toMatchObject(
      sizes.map((size) => ({ kind: 'verified', checkpoint: { origin, size, root: rootAt(size) } })),
    );
  });

  it('make proofs that we find good, and of the same hashes', async () => {
    for (const { index, size, proof: theirs } of answer.inclusion) {
      const claim = { index, size, leafHash: leafHashOf(leaves[index] ?? Buffer.alloc(0)), root: rootAt(size) };
      expect(isIncluded({ ...claim, proof: theirs })).toBe(true);
      expect(digest(theirs)).toBe(digest(await inclusionProof(index, size, read)));
    }
    for (const { oldSize, size, proof: theirs } of answer.consistency) {
      const claim = { oldSize, oldRoot: rootAt(oldSize), size, root: rootAt(size) };
      expect(isConsistent({ ...claim, proof: theirs })).toBe(true);
      expect(digest(theirs)).toBe(digest(await consistencyProof(oldSize, size, read)));
    }
  });
});

const inBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const digest = (hashes: readonly Hash[]): string => createHash('sha256').update(Buffer.concat(hashes)).digest('hex');
