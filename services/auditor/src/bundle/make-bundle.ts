import { payloadHashOf, streamStartOf } from '@consilium/contracts';
import type { StoredCheckpoint } from '@consilium/event-store';
import { consistencyProof, inclusionProof } from '@consilium/transparency';
import type { Hash, TileReader } from '@consilium/transparency';
import { CommandFailed } from '../command-failed.ts';
import { isMissing } from '../history/found-event.ts';
import type { FoundEvent } from '../history/found-event.ts';
import type { HistorySource } from '../history/history-source.ts';
import { envelopeOf } from '../history/envelope-of.ts';

/** What an outsider needs to convince himself that an event is in the log: docs/AUDIT.md has its form. */
export interface Bundle {
  readonly format: 'consilium-bundle';
  readonly version: 1;
  readonly event: {
    readonly globalSeq: number;
    /** The envelope's bytes, as text. */
    readonly meta: string;
    /** The payload's bytes as text, with the salt; or only their hash, where the payload is withheld. */
    readonly payload?: string;
    readonly salt?: string;
    readonly payloadHash?: string;
    /** S_{i-1} and S_i of ADR 2. All hashes in base64. */
    readonly previousStreamHash: string;
    readonly streamHash: string;
  };
  /** The smallest head that covers the event, and the newest. */
  readonly checkpoints: readonly StoredCheckpoint[];
  /** In the tree of the first of the checkpoints. */
  readonly inclusionProof: readonly string[];
  /** That each head continues another: of the checkpoints here, and of one that the outsider holds. */
  readonly consistencyProofs: readonly {
    readonly oldSize: number;
    readonly size: number;
    readonly proof: readonly string[];
  }[];
}

export interface BundleRequest {
  readonly source: HistorySource;
  readonly globalSeq: number;
  /** Size of a head that the outsider holds already. */
  readonly since: number | undefined;
  readonly withPayload: boolean;
  readonly treeOf: (size: number) => Promise<TileReader>;
}

/** @throws CommandFailed where there is no such event, or no head covers it yet */
export async function makeBundle({ source, globalSeq, since, withPayload, treeOf }: BundleRequest): Promise<Bundle> {
  const found = await eventAt(source, globalSeq);
  const { covering, newest } = await headsFor(source, globalSeq);
  if (covering === undefined || newest === undefined) {
    throw new CommandFailed('notFound', `No head covers event ${String(globalSeq)} yet: wait for the next.`);
  }
  if (since !== undefined && (since < 1 || since > newest.size)) {
    throw new CommandFailed('usage', `--since: the newest head has ${String(newest.size)} events.`);
  }
  const tree = await treeOf(newest.size);
  const pairs = [
    ...(covering.size < newest.size ? [{ oldSize: covering.size, size: newest.size }] : []),
    ...(since === undefined || since === newest.size || since === covering.size
      ? []
      : [{ oldSize: since, size: newest.size }]),
  ];
  return {
    format: 'consilium-bundle',
    version: 1,
    event: {
      globalSeq,
      meta: textOf(found.metaBytes),
      ...(withPayload
        ? { payload: textOf(found.payloadBytes), salt: base64(found.salt) }
        : { payloadHash: base64(payloadHashOf(found.salt, found.payloadBytes)) }),
      previousStreamHash: base64(await previousHash(source, found)),
      streamHash: base64(found.streamHash),
    },
    checkpoints: covering.size === newest.size ? [covering] : [covering, newest],
    inclusionProof: (await inclusionProof(globalSeq - 1, covering.size, tree)).map(base64),
    consistencyProofs: await Promise.all(
      pairs.map(async ({ oldSize, size }) => ({
        oldSize,
        size,
        proof: (await consistencyProof(oldSize, size, tree)).map(base64),
      })),
    ),
  };
}

async function eventAt(source: HistorySource, globalSeq: number): Promise<FoundEvent> {
  for await (const batch of source.events({ after: globalSeq - 1, to: globalSeq }, () => undefined)) {
    const found = batch.find((one) => one.globalSeq === globalSeq);
    if (found !== undefined && !isMissing(found)) return found;
  }
  throw new CommandFailed('notFound', `The log has no event ${String(globalSeq)}.`);
}

async function headsFor(
  source: HistorySource,
  globalSeq: number,
): Promise<{ readonly covering: StoredCheckpoint | undefined; readonly newest: StoredCheckpoint | undefined }> {
  let [covering, newest]: [StoredCheckpoint | undefined, StoredCheckpoint | undefined] = [undefined, undefined];
  for await (const head of source.heads(() => undefined)) {
    if (covering === undefined && head.size >= globalSeq) covering = head;
    newest = head;
  }
  return { covering, newest };
}

/** Where the stream ended before this event. */
async function previousHash(source: HistorySource, found: FoundEvent): Promise<Hash> {
  const envelope = envelopeOf(found.metaBytes);
  if (envelope === undefined)
    throw new CommandFailed('failed', `event ${String(found.globalSeq)} cannot be read: run verify.`);
  if (envelope.streamVersion === 1) return streamStartOf(envelope.streamId);
  const { columns } = found;
  if (columns?.previous !== undefined) return columns.previous.streamHash;
  let last: Hash | undefined;
  const before = { streamId: envelope.streamId, to: found.globalSeq - 1 };
  for await (const batch of source.events(before, () => undefined)) {
    for (const one of batch) if (!isMissing(one)) last = one.streamHash;
  }
  if (last === undefined)
    throw new CommandFailed('failed', 'the event before it in its stream is missing: run verify.');
  return last;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
