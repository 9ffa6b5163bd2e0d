import type { AnnotatorId, OrganisationId, ProjectId, Protocol } from '@consilium/domain';
import { streamIdOf } from '@consilium/domain';
import { decodeEvent } from '@consilium/contracts';
import type { EventStore } from '@consilium/event-store';
import { annotatorState, projectState, streamOf } from './stream-state.ts';

const cachedEntries = 10_000;

/**
 * What is decided once in a project and never changes after: the versions of its protocol, and who is registered. Kept in
 * memory, so that a command about a case reads that case and nothing else.
 */
export class ProjectFacts {
  readonly #store: EventStore;
  readonly #protocols = new Map<string, Protocol>();
  readonly #registered = new Set<string>();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Undefined where the project has no such version. */
  async protocol(organisation: OrganisationId, projectId: ProjectId, version: number): Promise<Protocol | undefined> {
    const known = this.#protocols.get(protocolKey(organisation, projectId, version));
    return known ?? this.#loadProtocol(organisation, projectId, version);
  }

  /** The one that new cases come in under; undefined where there is no such project. */
  async newestProtocol(organisation: OrganisationId, projectId: ProjectId): Promise<Protocol | undefined> {
    const streamId = streamIdOf('project', projectId);
    const state = projectState(streamOf(await this.#store.load({ organisation, streams: [streamId] }), streamId));
    return state.status === 'active' ? state.protocol : undefined;
  }

  async #loadProtocol(
    organisation: OrganisationId,
    projectId: ProjectId,
    version: number,
  ): Promise<Protocol | undefined> {
    const streamId = streamIdOf('project', projectId);
    const loaded = await this.#store.load({ organisation, streams: [streamId] });
    if (this.#protocols.size > cachedEntries) this.#protocols.clear();
    for (const event of streamOf(loaded, streamId).events.map(decodeEvent)) {
      if (event.type !== 'protocolAdopted') continue;
      this.#protocols.set(protocolKey(organisation, projectId, event.protocolVersion), event.protocol);
    }
    return this.#protocols.get(protocolKey(organisation, projectId, version));
  }

  /** Whether any version of the project's protocol withholds who read what: then nobody is told in a list of the project. */
  async hidesReaders(organisation: OrganisationId, projectId: ProjectId): Promise<boolean> {
    const streamId = streamIdOf('project', projectId);
    const loaded = await this.#store.load({ organisation, streams: [streamId] });
    return streamOf(loaded, streamId)
      .events.map(decodeEvent)
      .some((event) => event.type === 'protocolAdopted' && event.protocol.readerIdentity !== 'known');
  }

  /** By the journal, not a view: whoever was registered a moment ago is blinded from now on. */
  async isRegistered(organisation: OrganisationId, annotatorId: AnnotatorId): Promise<boolean> {
    const key = `${organisation} ${annotatorId}`;
    if (this.#registered.has(key)) return true;
    const streamId = streamIdOf('annotator', annotatorId);
    const loaded = await this.#store.load({ organisation, streams: [streamId] });
    const isRegistered = annotatorState(streamOf(loaded, streamId)).status === 'registered';
    if (this.#registered.size > cachedEntries) this.#registered.clear();
    if (isRegistered) this.#registered.add(key);
    return isRegistered;
  }
}

const protocolKey = (organisation: OrganisationId, projectId: ProjectId, version: number): string =>
  `${organisation} ${projectId} ${version}`;
