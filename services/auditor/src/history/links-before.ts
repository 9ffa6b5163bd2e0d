import type { AuditedRow, JournalAudit, StreamLink, StreamPlace } from '@consilium/event-store';

/** Streams of which the newest event is remembered: about 15 MB. Of others it is looked up. */
const mostStreams = 50_000;

interface NewestEvent {
  readonly streamVersion: number;
  readonly globalSeq: number;
  /** As text of one byte a character: the bytes themselves would keep all of the page that they came with. */
  readonly hash: string;
}

/** The event before each in its stream, for rows that come in the order of the log. */
export class LinksBefore {
  readonly #audit: JournalAudit;
  /** By stream, the one passed longest ago first. */
  readonly #newest = new Map<string, NewestEvent>();

  constructor(audit: JournalAudit) {
    this.#audit = audit;
  }

  /** In the order of the rows; undefined where there is none. */
  async of(rows: readonly AuditedRow[]): Promise<readonly (StreamLink | undefined)[]> {
    const unknown: StreamPlace[] = [];
    const known = rows.map(({ streamId, streamVersion, globalSeq, event }): StreamLink | undefined => {
      const before = this.#newest.get(streamId);
      if (event !== undefined) {
        const hash = Buffer.from(event.streamHash).toString('latin1');
        this.#remember(streamId, { streamVersion, globalSeq, hash });
      }
      if (before?.streamVersion === streamVersion - 1) {
        return { streamHash: Buffer.from(before.hash, 'latin1'), globalSeq: before.globalSeq };
      }
      unknown.push({ streamId, streamVersion: streamVersion - 1 });
      return undefined;
    });
    const found = (await this.#audit.linksAt(unknown)).values();
    return known.map((link) => link ?? found.next().value);
  }

  #remember(streamId: string, event: NewestEvent): void {
    this.#newest.delete(streamId);
    this.#newest.set(streamId, event);
    if (this.#newest.size <= mostStreams) return;
    for (const oldest of this.#newest.keys()) {
      this.#newest.delete(oldest);
      return;
    }
  }
}
