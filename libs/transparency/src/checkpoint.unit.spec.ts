import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Checkpoint, checkpointText, readCheckpoint } from './checkpoint.ts';
import { emptyRoot, type Hash, leafHashOf } from './merkle-hashes.ts';
import { consistencyProof, rootOf } from './prove.ts';
import { SampleTree } from './sample-tree.spec.ts';
import { InconsistentCheckpoint, sealCheckpoint } from './seal-checkpoint.ts';
import { cosignText, logSigningKey, signText, witnessSigningKey } from './sign-note.ts';
import { formatNote, parseNote } from './signed-note.ts';
import { type CheckpointTrust, verifyCheckpoint } from './verify-checkpoint.ts';
import { considerCheckpoint } from './witness.ts';

const origin = 'consilium.example/log';
const newPrivateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
const tree = new SampleTree().growTo(2_000);
const [old, current] = [logSigningKey(origin, newPrivateKey()), logSigningKey(origin, newPrivateKey())];
const witness = witnessSigningKey('witness.example/w1', newPrivateKey());

const headAt = async (size: number): Promise<Checkpoint> => ({ origin, size, root: await rootOf(size, tree.read) });
const another = (checkpoint: Checkpoint): Checkpoint => ({ ...checkpoint, root: leafHashOf(Buffer.from('another')) });
const proofOf = (from: number, to: number): Promise<readonly Hash[]> => consistencyProof(from, to, tree.read);
const bytesOf = (note: string): Uint8Array => Buffer.from(note, 'utf8');

const trust: CheckpointTrust = {
  origin,
  logKeys: [
    { key: old.key, firstSize: 0, lastSize: 1_200 },
    { key: current.key, firstSize: 1_000, lastSize: undefined },
  ],
  witnessKeys: [witness.key],
  witnessesNeeded: 0,
};

describe('the text of a checkpoint', () => {
  it('is that of C2SP tlog-checkpoint', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const checkpoint = readCheckpoint(text);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(checkpoint === undefined ? '' : checkpointText(checkpoint)).toBe(text);
    expect(readCheckpoint(`${text}an extension\n`)).toEqual(checkpoint);
  });

  it('is nothing else', () => {
    const root = Buffer.from(emptyRoot()).toString('base64');
    const broken = [
      '',
      `${origin}\n1\n${root}`,
      `\n1\n${root}\n`,
      `${origin}\n01\n${root}\n`,
      `${origin}\n-1\n${root}\n`,
      `${origin}\n1e3\n${root}\n`,
      `${origin}\n\n${root}\n`,
      `${origin}\n9007199254740993\n${root}\n`,
      `${origin}\n1\n${root.slice(4)}\n`,
      `${origin}\n1\n${root} \n`,
      `${origin}\n1\n${root}\n\n`,
      `${origin}\n1\n${root}\n\nmore\n`,
    ];
    expect(broken.filter((text) => readCheckpoint(text) !== undefined)).toEqual([]);
  });
});

describe('sealing', () => {
  it('signs what continues the last head, with every key that is in use', async () => {
    const [first, second] = [await headAt(1_000), await headAt(1_100)];
    const note = sealCheckpoint(first, second, await proofOf(1_000, 1_100), [old, current]);
    expect(verifyCheckpoint(bytesOf(note), trust)).toEqual({
      kind: 'verified',
      checkpoint: second,
      signedBy: [old.key, current.key],
      witnessedBy: [],
    });
    for (const logKeys of trust.logKeys.map((key) => [key])) {
      expect(verifyCheckpoint(bytesOf(note), { ...trust, logKeys }).kind).toBe('verified');
    }
    const empty = { origin, size: 0, root: emptyRoot() };
    expect(sealCheckpoint(undefined, empty, [], [old])).toContain(
      '\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n',
    );
    expect(sealCheckpoint(empty, first, [], [old])).toContain('\n1000\n');
    expect(sealCheckpoint(first, first, [], [old])).toContain('\n1000\n');
  });

  it('refuses what does not', async () => {
    const [first, second] = [await headAt(1_000), await headAt(1_100)];
    const proof = await proofOf(1_000, 1_100);
    const splits: readonly (readonly [Checkpoint, Checkpoint, readonly Hash[]])[] = [
      [first, another(second), proof],
      [another(first), second, proof],
      [second, first, proof],
      [first, second, []],
      [first, { ...second, origin: 'elsewhere' }, proof],
      [first, another(first), []],
      [{ origin, size: 0, root: first.root }, second, []],
    ];
    for (const [previous, next, given] of splits) {
      expect(() => sealCheckpoint(previous, next, given, [old])).toThrow(InconsistentCheckpoint);
    }
    expect(() => sealCheckpoint(undefined, first, [], [])).toThrow(RangeError);
  });
});

describe('a checkpoint', () => {
  const sealed = async (size: number, ...keys: readonly (typeof old)[]): Promise<string> =>
    sealCheckpoint(undefined, await headAt(size), [], keys);

  it('is not taken from a key that was not in use at its size', async () => {
    const verdict = async (size: number, key: typeof old): Promise<string> =>
      verifyCheckpoint(bytesOf(await sealed(size, key)), trust).kind;
    expect(await verdict(1_200, old)).toBe('verified');
    expect(verifyCheckpoint(bytesOf(await sealed(1_201, old)), trust)).toEqual({
      kind: 'keyNotInUse',
      keyName: origin,
      size: 1_201,
    });
    expect(await verdict(999, current)).toBe('keyNotInUse');
    expect(await verdict(1_000, current)).toBe('verified');
    expect(await verdict(1_000, logSigningKey(origin, newPrivateKey()))).toBe('notSigned');
  });

  it('of another log, or that is none, is said to be so', async () => {
    expect(verifyCheckpoint(bytesOf(await sealed(1_000, old)), { ...trust, origin: 'elsewhere' })).toEqual({
      kind: 'otherLog',
      origin,
    });
    const text = 'no checkpoint\n';
    const note = formatNote({ text, signatures: [signText(text, old)] });
    expect(verifyCheckpoint(bytesOf(note), trust).kind).toBe('malformed');
    expect(verifyCheckpoint(bytesOf('nothing'), trust).kind).toBe('malformed');
    const spoiled = (await sealed(1_000, old)).replace('\n1000\n', '\n1001\n');
    expect(verifyCheckpoint(bytesOf(spoiled), trust)).toEqual({ kind: 'badSignature', keyName: origin });
  });

  it('counts different witnesses, and a witness is no log', async () => {
    const text = checkpointText(await headAt(1_000));
    const cosignature = cosignText(text, witness, 1_800_000_000);
    const noteOf = (...signatures: readonly ReturnType<typeof signText>[]): Uint8Array =>
      bytesOf(formatNote({ text, signatures }));
    const strict = { ...trust, witnessesNeeded: 1 };
    expect(verifyCheckpoint(noteOf(signText(text, old)), strict)).toEqual({ kind: 'tooFewWitnesses', witnesses: 0 });
    expect(verifyCheckpoint(noteOf(cosignature), strict).kind).toBe('notSigned');
    const twice = noteOf(signText(text, old), cosignature, cosignText(text, witness, 1_800_000_001));
    expect(verifyCheckpoint(twice, { ...trust, witnessesNeeded: 2 })).toEqual({
      kind: 'tooFewWitnesses',
      witnesses: 1,
    });
    expect(verifyCheckpoint(twice, strict)).toMatchObject({
      kind: 'verified',
      witnessedBy: [{ key: witness.key, atSeconds: 1_800_000_000 }],
    });
  });
});

describe('a witness', () => {
  const consider = async (
    known: number | undefined,
    checkpoint: Checkpoint,
    provedSize: number,
    proof: readonly Hash[],
  ) =>
    considerCheckpoint(
      known === undefined ? undefined : await headAt(known),
      { checkpoint, provedSize, proof },
      witness,
      7,
    );

  it('cosigns what continues what it knows', async () => {
    const checkpoint = await headAt(1_100);
    const answer = await consider(1_000, checkpoint, 1_000, await proofOf(1_000, 1_100));
    if (answer.kind !== 'cosigned') throw new Error(answer.kind);
    const note = formatNote({
      text: checkpointText(checkpoint),
      signatures: [signText(checkpointText(checkpoint), old), answer.signature],
    });
    expect(parseNote(bytesOf(note)).kind).toBe('note');
    expect(verifyCheckpoint(bytesOf(note), { ...trust, witnessesNeeded: 1 }).kind).toBe('verified');
    expect((await consider(1_100, checkpoint, 1_100, [])).kind).toBe('cosigned');
    expect((await consider(undefined, checkpoint, 0, [])).kind).toBe('cosigned');
  });

  it('tells which size it knows, and cosigns no split', async () => {
    const checkpoint = await headAt(1_100);
    const proof = await proofOf(1_000, 1_100);
    expect(await consider(900, checkpoint, 1_000, proof)).toEqual({ kind: 'otherSizeKnown', knownSize: 900 });
    expect(await consider(undefined, checkpoint, 1_000, proof)).toEqual({ kind: 'otherSizeKnown', knownSize: 0 });
    expect(await consider(1_000, another(checkpoint), 1_000, proof)).toEqual({ kind: 'inconsistent' });
    expect(await consider(1_100, await headAt(1_000), 1_100, [])).toEqual({ kind: 'inconsistent' });
    expect(await consider(undefined, checkpoint, 0, proof)).toEqual({ kind: 'inconsistent' });
  });
});
