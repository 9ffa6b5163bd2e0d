import { decodeEvent } from '@consilium/contracts';
import { streamIdOf } from '@consilium/domain';
import type { OrganisationId, ProjectId, Protocol } from '@consilium/domain';
import type { EventStore } from '@consilium/event-store';
import { PermanentJobFailure } from '@consilium/jobs';

const longest = 500;

/** Protocol versions never change, so one that was read is kept: the last 500 used. */
export class ProjectProtocols {
  readonly #store: Pick<EventStore, 'load'>;
  readonly #known = new Map<string, Protocol>();

  constructor(store: Pick<EventStore, 'load'>) {
    this.#store = store;
  }

  /** @throws StoreUnavailable, PermanentJobFailure where the project never had this version */
  async of(organisation: OrganisationId, projectId: ProjectId, protocolVersion: number): Promise<Protocol> {
    const key = `${organisation}/${projectId}/${protocolVersion}`;
    const protocol = this.#known.get(key) ?? (await this.#read(organisation, projectId, protocolVersion));
    // A Map keeps the order of insertion: setting again makes it the newest.
    this.#known.delete(key);
    this.#known.set(key, protocol);
    const [oldest] = this.#known.keys();
    if (this.#known.size > longest && oldest !== undefined) this.#known.delete(oldest);
    return protocol;
  }

  async #read(organisation: OrganisationId, projectId: ProjectId, protocolVersion: number): Promise<Protocol> {
    const streamId = streamIdOf('project', projectId);
    const { streams } = await this.#store.load({ organisation, streams: [streamId] });
    for (const recorded of streams.get(streamId)?.events ?? []) {
      const event = decodeEvent(recorded);
      if (event.type === 'protocolAdopted' && event.protocolVersion === protocolVersion) return event.protocol;
    }
    throw new PermanentJobFailure('PROTOCOL_UNKNOWN');
  }
}
