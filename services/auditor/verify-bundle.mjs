#!/usr/bin/env node
/**
 * Verifies a bundle of Consilium: that one event is in a log whose heads were signed by a key you trust, and that those heads
 * continue the one you hold. This one file needs Node 20 or newer and nothing else, and shares no code with Consilium; it
 * follows docs/adr/0002 (hashes of an event), RFC 9162 section 2.1 (tree) and C2SP signed-note and tlog-checkpoint (heads).
 *
 *   node verify-bundle.mjs BUNDLE.json --key KEY... [--held CHECKPOINT-FILE]... [--json]
 *
 * KEY   the log's verifier key (name+id+base64), got from the log's operator by another way than the bundle
 * FILE  a checkpoint that you got earlier, as the log published it
 *
 * Exit codes: 0 verified; 1 not verified; 2 wrong command line or a file that cannot be read.
 */
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What is wrong with the bundle, in one sentence. */
class NotVerified extends Error {}
/** What is wrong with the command line. */
class WrongUse extends Error {}

const usage = 'node verify-bundle.mjs BUNDLE.json --key KEY... [--held CHECKPOINT-FILE]... [--json]';

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

function demand(condition, message) {
  if (!condition) throw new NotVerified(message);
}

/** Strict: the one spelling of these bytes, and of this length. */
function base64(text, what, length = 32) {
  demand(typeof text === 'string', `${what} is missing`);
  const bytes = Buffer.from(text, 'base64');
  demand(bytes.toString('base64') === text && bytes.length === length, `${what} is not ${length} bytes in base64`);
  return bytes;
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 1;
const isText = (value) => typeof value === 'string' && value.isWellFormed?.() !== false;
const equal = (one, other) => Buffer.compare(one, other) === 0;

// --- The event: docs/adr/0002 ------------------------------------------------------------------------------------------

/** Hash of the Merkle leaf, after checking that the event's bytes give its stream hash. */
function leafHashOf(event) {
  demand(typeof event === 'object' && event !== null, 'the event is missing');
  demand(isCount(event.globalSeq), 'its number is no positive integer');
  demand(isText(event.meta), 'its envelope is missing');
  const meta = parse(event.meta, 'its envelope');
  demand(isText(meta.streamId) && isCount(meta.streamVersion), 'its envelope names no stream and version');
  const withheld = event.payload === undefined;
  demand(withheld || isText(event.payload), 'its payload is no text');
  const payloadHash = withheld
    ? base64(event.payloadHash, 'its payload hash')
    : sha256('consilium/payload/v1\0', base64(event.salt, 'its salt', 16), Buffer.from(event.payload, 'utf8'));
  const previous = base64(event.previousStreamHash, 'the stream hash before it');
  if (meta.streamVersion === 1) {
    demand(equal(previous, sha256('consilium/stream/v1\0', meta.streamId)), 'its stream does not begin with its id');
  }
  const streamHash = sha256('consilium/link/v1\0', previous, payloadHash, Buffer.from(event.meta, 'utf8'));
  demand(equal(streamHash, base64(event.streamHash, 'its stream hash')), 'its bytes do not give its stream hash');
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(event.globalSeq));
  return sha256(Buffer.of(0), number, streamHash);
}

function parse(text, what) {
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new NotVerified(`${what} is no JSON object`);
}

// --- The tree: RFC 9162 sections 2.1.3.2 and 2.1.4.2 -------------------------------------------------------------------

const node = (left, right) => sha256(Buffer.of(1), left, right);
const odd = (value) => value % 2 === 1;
const half = (value) => Math.floor(value / 2);

function isIncluded(index, size, leafHash, root, proof) {
  if (index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leafHash];
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      hash = node(sibling, hash);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = node(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equal(hash, root);
}

function isConsistent(oldSize, oldRoot, size, root, proof) {
  if (oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && equal(oldRoot, root);
  let power = 1;
  while (power < oldSize) power *= 2;
  const isPower = power === oldSize;
  const path = isPower && proof.length > 0 ? [oldRoot, ...proof] : proof;
  if (path.length === 0) return false;
  let [fn, sn] = [oldSize - 1, size - 1];
  while (odd(fn)) [fn, sn] = [half(fn), half(sn)];
  let [oldHash, hash] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      oldHash = node(sibling, oldHash);
      hash = node(sibling, hash);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = node(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equal(oldHash, oldRoot) && equal(hash, root);
}

// --- Heads: C2SP signed-note and tlog-checkpoint -----------------------------------------------------------------------

function readKey(text) {
  const [, name, id, data] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const typed = Buffer.from(data ?? '', 'base64');
  if (name === undefined || typed.length !== 33 || typed[0] !== 1) {
    throw new WrongUse(`--key: "${text}" is no verifier key of a log (Ed25519)`);
  }
  const keyId = sha256(`${name}\n`, typed).readUInt32BE();
  if (keyId !== Number.parseInt(id, 16)) throw new WrongUse('--key: its id is not that of its name and key');
  const x = typed.subarray(1).toString('base64url');
  return { name, keyId, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

/** A head that a trusted key has signed. Signatures of others are passed over; a wrong one of a trusted key is not. */
function openCheckpoint(note, keys, what) {
  demand(isText(note), `${what} is no text`);
  const end = note.lastIndexOf('\n\n');
  demand(end > 0 && note.endsWith('\n'), `${what} is no signed note`);
  const [text, lines] = [
    note.slice(0, end + 1),
    note
      .slice(end + 2)
      .split('\n')
      .slice(0, -1),
  ];
  let signed = 0;
  for (const line of lines) {
    const [, name, data] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    demand(name !== undefined, `${what} has a line that is no signature`);
    const bytes = Buffer.from(data, 'base64');
    demand(bytes.length > 4, `${what} has a signature that is too short`);
    const key = keys.find((one) => one.name === name && one.keyId === bytes.readUInt32BE());
    if (key === undefined) continue;
    demand(
      verify(null, Buffer.from(text, 'utf8'), key.publicKey, bytes.subarray(4)),
      `${what} has a wrong signature of ${name}`,
    );
    signed += 1;
  }
  demand(signed > 0, `${what} is not signed by a key you trust`);
  const [origin, decimal, root, ...rest] = text.split('\n');
  demand(origin === keys[0].name, `${what} is of another log (${origin})`);
  demand(/^[1-9][0-9]{0,15}$/.test(decimal ?? '') && rest.at(-1) === '', `${what} is no checkpoint`);
  const size = Number(decimal);
  demand(Number.isSafeInteger(size), `${what} has no usable size`);
  return { size, root: base64(root, `the root of ${what}`) };
}

// --- The bundle --------------------------------------------------------------------------------------------------------

function verifyBundle(bundle, keys, heldNotes) {
  demand(bundle?.format === 'consilium-bundle' && bundle.version === 1, 'it is no bundle of version 1');
  demand(Array.isArray(bundle.checkpoints) && bundle.checkpoints.length > 0, 'it has no checkpoint');
  const heads = bundle.checkpoints.map((checkpoint, place) => {
    const head = openCheckpoint(checkpoint?.note, keys, `checkpoint ${place + 1}`);
    demand(head.size === checkpoint.size, `checkpoint ${place + 1} names another size than its note`);
    return head;
  });
  const leafHash = leafHashOf(bundle.event);
  demand(Array.isArray(bundle.inclusionProof), 'it has no inclusion proof');
  const proof = bundle.inclusionProof.map((hash) => base64(hash, 'a hash of the inclusion proof'));
  const [head] = heads;
  demand(
    isIncluded(bundle.event.globalSeq - 1, head.size, leafHash, head.root, proof),
    `the event is not in the tree of the head of ${head.size}`,
  );
  const held = heldNotes.map((note, place) => openCheckpoint(note, keys, `held checkpoint ${place + 1}`));
  for (const other of [...heads.slice(1), ...held]) demandContinuity(bundle, heads, other);
  const meta = JSON.parse(bundle.event.meta);
  return {
    verified: true,
    globalSeq: bundle.event.globalSeq,
    eventId: meta.eventId,
    type: meta.type,
    streamId: meta.streamId,
    streamVersion: meta.streamVersion,
    recordedAt: meta.recordedAt,
    actor: meta.actor,
    payloadIncluded: bundle.event.payload !== undefined,
    heads: heads.map(({ size }) => size),
    heldHeads: held.map(({ size }) => size),
    origin: keys[0].name,
  };
}

/** `other` and some head of the bundle are of one log: the same, or one continues the other. */
function demandContinuity(bundle, heads, other) {
  const same = heads.find((head) => head !== other && head.size === other.size);
  if (same !== undefined) {
    demand(
      equal(same.root, other.root),
      `there are two different heads of ${other.size}: the log has shown two histories`,
    );
    return;
  }
  const proofs = Array.isArray(bundle.consistencyProofs) ? bundle.consistencyProofs : [];
  const linked = proofs.some(({ oldSize, size, proof } = {}) => {
    const [old, newer] = [
      [other, ...heads].find((one) => one.size === oldSize),
      [other, ...heads].find((one) => one.size === size),
    ];
    if (old === undefined || newer === undefined || old === newer || (old !== other && newer !== other)) return false;
    const hashes = (Array.isArray(proof) ? proof : []).map((hash) => base64(hash, 'a hash of a consistency proof'));
    demand(
      isConsistent(old.size, old.root, newer.size, newer.root, hashes),
      `the head of ${newer.size} does not continue that of ${old.size}`,
    );
    return true;
  });
  demand(
    linked,
    `nothing in the bundle links it with the head of ${other.size}: ask for one with --since ${other.size}`,
  );
}

function readArguments(args) {
  const read = { files: [], keys: [], held: [], json: false };
  for (let place = 0; place < args.length; place += 1) {
    const word = args[place];
    if (word === '--json') read.json = true;
    else if (word === '--key' || word === '--held') {
      place += 1;
      if (args[place] === undefined) throw new WrongUse(`${word} needs a value`);
      read[word === '--key' ? 'keys' : 'held'].push(args[place]);
    } else if (word.startsWith('-')) throw new WrongUse(`unknown option ${word}`);
    else read.files.push(word);
  }
  if (read.files.length !== 1 || read.keys.length === 0) throw new WrongUse(usage);
  return read;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new WrongUse(`${path} cannot be read`);
  }
}

function main(args) {
  let json = false;
  try {
    const read = readArguments(args);
    ({ json } = read);
    const keys = read.keys.map(readKey);
    if (new Set(keys.map(({ name }) => name)).size > 1)
      throw new WrongUse('--key: all keys of a log have its one name');
    const bundle = parse(readText(read.files[0]), 'the bundle');
    const verdict = verifyBundle(bundle, keys, read.held.map(readText));
    process.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : inWords(verdict));
    return 0;
  } catch (error) {
    if (error instanceof WrongUse) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    // Whatever a hostile bundle brings about is a refusal.
    const reason = error instanceof NotVerified ? error.message : 'the bundle is malformed';
    process.stdout.write(
      json ? `${JSON.stringify({ verified: false, reason }, null, 2)}\n` : `NOT VERIFIED: ${reason}.\n`,
    );
    return 1;
  }
}

function inWords({
  globalSeq,
  type,
  streamId,
  streamVersion,
  recordedAt,
  actor,
  payloadIncluded,
  heads,
  heldHeads,
  origin,
}) {
  return [
    `Verified: event ${globalSeq} of ${origin}.`,
    `  ${type}, version ${streamVersion} of ${streamId}`,
    `  recorded ${recordedAt} for ${actor?.role} ${actor?.id}`,
    payloadIncluded ? '  with its payload' : '  its payload is withheld: only its hash was checked',
    `  under the head of ${heads[0]}${heads.length > 1 ? `, which that of ${heads.slice(1).join(' and ')} continues` : ''}`,
    ...heldHeads.map((size) => `  consistent with the head of ${size} that you hold`),
    '',
  ].join('\n');
}

process.exitCode = main(process.argv.slice(2));
