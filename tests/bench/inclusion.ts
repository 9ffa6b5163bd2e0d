import { createHash, generateKeyPairSync } from 'node:crypto';
import { eventStoreMigrations, PostgresSealStore } from '@consilium/event-store';
import { Database, migrate } from '@consilium/postgres';
import {
  type Checkpoint,
  consistencyProof,
  emptyTree,
  growTree,
  inclusionProof,
  isIncluded,
  leafHashOf,
  logSigningKey,
  readerOver,
  rootOfEdge,
  sealCheckpoint,
  type TileReader,
} from '@consilium/transparency';
import { type Figure, quantile } from './figure.ts';

const leaves = 1_000_000;
const perHead = 50_000;
const proofs = 1_000;
const origin = 'consilium.example/bench';

const leafHashAt = (index: number): Uint8Array => leafHashOf(createHash('sha256').update(String(index)).digest());

/** Proofs from the stored tiles of a log of a million events; every one is verified. `url` is that of an empty database. */
export async function benchInclusion(url: string): Promise<readonly Figure[]> {
  await migrate({ url, migrations: await eventStoreMigrations() });
  const owner = new Database({ url, applicationName: 'consilium-bench', poolSize: 4 });
  const seals = new PostgresSealStore(owner);
  const read: TileReader = async (tile) => seals.readTile(tile);
  try {
    // The tree asks for a log as long as itself, and for nothing that is in it.
    await owner.execute({ text: 'UPDATE journal.head SET last_global_seq = $1', values: [leaves] });
    const root = await sealAll(seals, read);
    const millis: number[] = [];
    let longest = 0;
    for (let count = 0; count < proofs; count += 1) {
      const index = Math.floor((leaves * count) / proofs);
      const start = performance.now();
      const proof = await inclusionProof(index, leaves, read);
      millis.push(performance.now() - start);
      longest = Math.max(longest, proof.length);
      const isGood = isIncluded({ index, size: leaves, leafHash: leafHashAt(index), root, proof });
      if (!isGood) throw new Error(`the proof of leaf ${String(index)} does not verify`);
    }
    return [
      {
        name: 'inclusion proof at 1,000,000 events, 99th percentile',
        value: quantile(millis, 0.99),
        unit: 'ms',
        target: { relation: 'below', value: 5 },
        note: `${String(proofs)} proofs, each verified; median ${quantile(millis, 0.5).toFixed(2)} ms`,
      },
      {
        name: 'the longest of them',
        value: longest,
        unit: 'hashes',
        target: { relation: 'below', value: 21 },
      },
    ];
  } finally {
    await owner.close();
  }
}

async function sealAll(seals: PostgresSealStore, read: TileReader): Promise<Uint8Array> {
  const keys = [logSigningKey(origin, generateKeyPairSync('ed25519').privateKey)];
  let edge = emptyTree;
  let last: Checkpoint | undefined;
  while (edge.size < leaves) {
    const sizeBefore = edge.size;
    const grown = growTree(
      edge,
      Array.from({ length: perHead }, (_, place) => leafHashAt(sizeBefore + place)),
    );
    const next = { origin, size: grown.edge.size, root: rootOfEdge(grown.edge) };
    const proof =
      last === undefined ? [] : await consistencyProof(last.size, next.size, readerOver(grown.written, read));
    const checkpoint = { size: next.size, note: sealCheckpoint(last, next, proof, keys) };
    await seals.seal(0, { sizeBefore, checkpoint, tiles: grown.written });
    [edge, last] = [grown.edge, next];
  }
  return rootOfEdge(edge);
}
