import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { edgeOf, emptyTree, growTree, rootOfEdge } from './grow-tree.ts';
import { emptyRoot, type Hash, leafHashOf, nodeHashOf } from './merkle-hashes.ts';
import { consistencyProof, inclusionProof, rootOf } from './prove.ts';
import { definedRoot, leafOf, SampleTree } from './sample-tree.spec.ts';
import { partialTilesOf } from './tile.ts';
import { BrokenTile, OutsideTree } from './tree-errors.ts';
import { isConsistent, isIncluded } from './verify.ts';

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** Of the reference implementation of Certificate Transparency (google/certificate-transparency, merkle tree tests). */
const knownLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const knownRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const another = leafHashOf(Buffer.from('another'));

/** Every way of spoiling a proof by one step. */
function spoiled(proof: readonly Hash[]): readonly (readonly Hash[])[] {
  const flipped = proof.map((hash, place) =>
    proof.with(
      place,
      Uint8Array.from(hash, (byte, i) => (i === 0 ? byte ^ 1 : byte)),
    ),
  );
  const swapped = proof.slice(1).map((hash, place) => proof.with(place, hash).with(place + 1, proof[place] ?? hash));
  return [...flipped, ...swapped, proof.slice(1), proof.slice(0, -1), [...proof, another], [another, ...proof]].filter(
    (changed) => changed.map(hex).join() !== proof.map(hex).join(),
  );
}

describe('roots', () => {
  it('are those of the reference implementation', () => {
    for (const [size, expected] of knownRoots.entries()) {
      const leaves = knownLeaves.slice(0, size).map((leaf) => leafHashOf(Buffer.from(leaf, 'hex')));
      expect(hex(rootOfEdge(growTree(emptyTree, leaves).edge))).toBe(expected);
    }
  });

  it('are those of the definition for all sizes to 64, from the edge and from tiles', async () => {
    const tree = new SampleTree();
    expect(await rootOf(0, tree.read)).toEqual(emptyRoot());
    for (let size = 1; size <= 64; size += 1) {
      tree.growTo(size);
      const expected = hex(definedRoot(Array.from({ length: size }, (_, index) => leafOf(index))));
      expect(hex(rootOfEdge(tree.edge))).toBe(expected);
      expect(hex(await rootOf(size, tree.read))).toBe(expected);
    }
  });
});

describe('proofs for all sizes to 64', () => {
  const tree = new SampleTree().growTo(64);

  it('show every leaf, and nothing else', async () => {
    let [accepted, refused] = [0, 0];
    for (let size = 1; size <= 64; size += 1) {
      const root = await rootOf(size, tree.read);
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, tree.read);
        const claim = { index, size, leafHash: leafHashOf(leafOf(index)), root, proof };
        expect(isIncluded(claim)).toBe(true);
        accepted += 1;
        const lies = [
          ...spoiled(proof).map((changed) => ({ ...claim, proof: changed })),
          { ...claim, leafHash: leafHashOf(leafOf(index + 1)) },
          { ...claim, root: another },
          ...Array.from({ length: size }, (_, other) => ({ ...claim, index: other })).filter(
            (lie) => lie.index !== index,
          ),
          { ...claim, index: size },
        ];
        expect(lies.filter(isIncluded)).toEqual([]);
        refused += lies.length;
      }
    }
    expect([accepted, refused > 50 * accepted]).toEqual([2_080, true]);
  });

  it('show every continuation, and nothing else', async () => {
    let accepted = 0;
    for (let size = 1; size <= 64; size += 1) {
      const root = await rootOf(size, tree.read);
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const proof = await consistencyProof(oldSize, size, tree.read);
        const claim = { oldSize, oldRoot: await rootOf(oldSize, tree.read), size, root, proof };
        expect(isConsistent(claim)).toBe(true);
        accepted += 1;
        const lies = [
          ...spoiled(proof).map((changed) => ({ ...claim, proof: changed })),
          { ...claim, oldRoot: another },
          { ...claim, root: another },
        ];
        expect(lies.filter(isConsistent)).toEqual([]);
      }
    }
    expect(accepted).toBe(2_080);
  });
});

/** Without the checks that a path ends at the root, and not before its proof, one for another tree would pass. */
describe('a proof that ends below the root, or goes on above it', () => {
  const tree = new SampleTree().growTo(64);

  it('does not show a leaf', async () => {
    let [tried, refused] = [0, 0];
    for (let size = 1; size <= 32; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, tree.read);
        const claim = { index, leafHash: leafHashOf(leafOf(index)), root: await rootOf(size, tree.read), proof };
        const above = { size, proof: [...proof, another], root: nodeHashOf(another, claim.root) };
        expect(isIncluded({ ...claim, ...above })).toBe(false);
        for (let larger = size + 1; larger <= 64; larger += 1) {
          if ((await inclusionProof(index, larger, tree.read)).length === proof.length) continue;
          if (!isIncluded({ ...claim, size: larger })) refused += 1;
          tried += 1;
        }
      }
    }
    expect([refused, tried > 10_000]).toEqual([tried, true]);
  });

  it('does not show a continuation', async () => {
    let [tried, refused] = [0, 0];
    for (let size = 2; size <= 32; size += 1) {
      for (let oldSize = 1; oldSize < size; oldSize += 1) {
        const proof = await consistencyProof(oldSize, size, tree.read);
        const [oldRoot, root] = [await rootOf(oldSize, tree.read), await rootOf(size, tree.read)];
        const above = {
          proof: [...proof, another],
          oldRoot: nodeHashOf(another, oldRoot),
          root: nodeHashOf(another, root),
        };
        expect(isConsistent({ oldSize, size, ...above })).toBe(false);
        for (let larger = size + 1; larger <= 64; larger += 1) {
          if ((await consistencyProof(oldSize, larger, tree.read)).length === proof.length) continue;
          if (!isConsistent({ oldSize, oldRoot, size: larger, root, proof })) refused += 1;
          tried += 1;
        }
      }
    }
    expect([refused, tried > 5_000]).toEqual([tried, true]);
  });
});

describe('larger trees', () => {
  const largest = 70_000;
  const tree = new SampleTree().growTo(largest);
  const sizes = fc.integer({ min: 1, max: largest });

  it('have the tiles that C2SP tlog-tiles names', () => {
    expect(partialTilesOf(largest)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(partialTilesOf(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(tree.tiles.size).toBe(273 + 1 + 2 + 1);
  });

  it('prove any leaf and any continuation from tiles', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.nat(), async (one, other, seed) => {
        const [oldSize, size] = [Math.min(one, other), Math.max(one, other)];
        const [oldRoot, root] = [await rootOf(oldSize, tree.read), await rootOf(size, tree.read)];
        const index = seed % size;
        const proof = await inclusionProof(index, size, tree.read);
        const leafHash = leafHashOf(leafOf(index));
        expect(proof.length).toBeLessThanOrEqual(17);
        expect(isIncluded({ index, size, leafHash, root, proof })).toBe(true);
        expect(isIncluded({ index, size: size + 1, leafHash, root, proof: proof.slice(1) })).toBe(false);
        const continued = await consistencyProof(oldSize, size, tree.read);
        expect(isConsistent({ oldSize, oldRoot, size, root, proof: continued })).toBe(true);
        if (oldSize < size) {
          expect(isConsistent({ oldSize, oldRoot: root, size, root, proof: continued })).toBe(false);
          expect(isConsistent({ oldSize, oldRoot, size, root: oldRoot, proof: continued })).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('grow alike in whatever pieces, and from a stored edge', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), async (pieces) => {
        const pieced = new SampleTree();
        for (const piece of pieces) {
          pieced.edge = await edgeOf(pieced.edge.size, pieced.read);
          pieced.growTo(pieced.edge.size + piece);
        }
        const size = pieces.reduce((sum, piece) => sum + piece, 0);
        const whole = new SampleTree().growTo(size);
        expect([...pieced.tiles].toSorted()).toEqual([...whole.tiles].toSorted());
        expect(rootOfEdge(pieced.edge)).toEqual(rootOfEdge(whole.edge));
        expect(rootOfEdge(pieced.edge)).toEqual(await rootOf(size, tree.read));
      }),
      { numRuns: 15 },
    );
  });
});

describe('what is asked outside a tree', () => {
  const tree = new SampleTree().growTo(10);

  it('is refused', async () => {
    const proofs = [
      inclusionProof(10, 10, tree.read),
      inclusionProof(-1, 10, tree.read),
      inclusionProof(0.5, 10, tree.read),
      inclusionProof(0, 0, tree.read),
      consistencyProof(0, 10, tree.read),
      consistencyProof(11, 10, tree.read),
      rootOf(Number.NaN, tree.read),
    ];
    for (const proof of proofs) await expect(proof).rejects.toBeInstanceOf(OutsideTree);
  });

  it('is not answered from tiles that have lost something', async () => {
    await expect(rootOf(11, tree.read)).rejects.toBeInstanceOf(BrokenTile);
    await expect(inclusionProof(3, 300, tree.read)).rejects.toBeInstanceOf(BrokenTile);
    await expect(edgeOf(11, tree.read)).rejects.toBeInstanceOf(BrokenTile);
  });

  it('is not hashed from what are no hashes', () => {
    const [hash, short] = [emptyRoot(), emptyRoot().slice(1)];
    expect(() => nodeHashOf(short, hash)).toThrow(RangeError);
    expect(() => nodeHashOf(hash, short)).toThrow(RangeError);
  });

  it('is never verified', () => {
    const root = emptyRoot();
    expect(isIncluded({ index: 0, size: 0, leafHash: root, root, proof: [] })).toBe(false);
    expect(isIncluded({ index: -1, size: 1, leafHash: root, root, proof: [] })).toBe(false);
    expect(isIncluded({ index: 0, size: Number.NaN, leafHash: root, root, proof: [] })).toBe(false);
    expect(isIncluded({ index: 0, size: 1, leafHash: root.slice(1), root: root.slice(1), proof: [] })).toBe(false);
    expect(isConsistent({ oldSize: 0, oldRoot: root, size: 1, root, proof: [] })).toBe(false);
    expect(isConsistent({ oldSize: 2, oldRoot: root, size: 1, root, proof: [] })).toBe(false);
    expect(isConsistent({ oldSize: 1, oldRoot: root, size: 2, root, proof: [] })).toBe(false);
  });
});
