import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointTopic, merkleLeafOf } from '@consilium/contracts';
import { readInteger, readText } from '@consilium/postgres';
import { checkpointIn, emptyTree, equalHashes, growTree, leafHashOf, rootOfEdge } from '@consilium/transparency';
import type { Hash, TreeEdge } from '@consilium/transparency';
import { streamKafka } from '../harness/kafka-history.ts';
import type { CheckedSystem } from './checked-system.ts';
import type { Findings } from './findings.ts';

/** Signed heads that the run has seen in the anchor and keeps for itself, as a wary auditor would. */
export class HeadBook {
  readonly #folder: string;
  readonly #seen = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes over what is new in the anchor. */
  async look(): Promise<void> {
    for (const name of await namesIn(this.#folder)) {
      if (!this.#seen.has(name)) this.#seen.set(name, await readFile(join(this.#folder, name), 'utf8'));
    }
  }

  get heads(): ReadonlyMap<string, string> {
    return this.#seen;
  }
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.txt')).sort();

interface ClaimedHead {
  readonly from: string;
  readonly root: Uint8Array;
}

/** Grows the tree anew, leaf by leaf, and holds every head that was ever signed against it: also those seen long ago. */
export class HeadCheck {
  readonly #findings: Findings;
  readonly #claims: ReadonlyMap<number, readonly ClaimedHead[]>;
  #edge: TreeEdge = emptyTree;
  #leaves: Hash[] = [];
  #checked = 0;

  private constructor(findings: Findings, claims: ReadonlyMap<number, readonly ClaimedHead[]>) {
    this.#findings = findings;
    this.#claims = claims;
  }

  static async open({
    database,
    system,
    kafkaBrokers,
    heads,
    findings,
  }: CheckedSystem & { readonly heads: HeadBook; readonly findings: Findings }): Promise<HeadCheck> {
    const claims = new Map<number, ClaimedHead[]>();
    const claim = (from: string, note: Uint8Array): void => {
      const checkpoint = checkpointIn(note);
      if (checkpoint === undefined) {
        findings.add('altered', `${from} is no checkpoint`);
        return;
      }
      claims.set(checkpoint.size, [...(claims.get(checkpoint.size) ?? []), { from, root: checkpoint.root }]);
    };
    const folder = system.environment['CONSILIUM_ANCHOR_FOLDER'] ?? '';
    const inAnchor = new Set(await namesIn(folder));
    for (const name of inAnchor) claim(`the anchor’s ${name}`, await readFile(join(folder, name)));
    for (const [name, note] of heads.heads) {
      if (!inAnchor.has(name)) findings.add('lost', `the head ${name}, which the anchor had`);
      claim(`the head ${name} that was seen before`, Buffer.from(note));
    }
    for (const row of await database.query({
      text: 'SELECT checkpoint.size, checkpoint.note FROM journal.checkpoint',
    })) {
      claim(`the journal’s head of ${readInteger(row, 'size')}`, Buffer.from(readText(row, 'note')));
    }
    const topic = checkpointTopic(system.topicPrefix);
    await streamKafka(kafkaBrokers, system.topicPrefix, [topic], (_topic, _partition, records) => {
      for (const { offset, value } of records) claim(`the head at ${offset} on Kafka`, value);
    });
    if (claims.size === 0) findings.add('lost', 'every signed head: there is none');
    return new HeadCheck(findings, claims);
  }

  take(globalSeq: number, streamHash: Uint8Array): void {
    this.#leaves.push(leafHashOf(merkleLeafOf(globalSeq, streamHash)));
    const claimed = this.#claims.get(this.#edge.size + this.#leaves.length);
    if (claimed === undefined && this.#leaves.length < 1_000) return;
    this.#edge = growTree(this.#edge, this.#leaves).edge;
    this.#leaves = [];
    for (const { from, root } of claimed ?? []) {
      this.#checked += 1;
      if (!equalHashes(rootOfEdge(this.#edge), root)) this.#findings.add('altered', `${from} is none of this log`);
    }
  }

  /** Gives how many heads were held against the log; each place where one was found counts. */
  finish(): number {
    const size = this.#edge.size + this.#leaves.length;
    for (const [claimedSize, claims] of this.#claims) {
      if (claimedSize > size) for (const { from } of claims) this.#findings.add('lost', `events under ${from}`);
    }
    return this.#checked;
  }
}
