import type { AnnotatorId, OrganisationId, ProjectId, ProjectMembers, Protocol } from '@consilium/domain';
import { streamIdOf } from '@consilium/domain';
import { decodeEvent } from '@consilium/contracts';
import type { EventStore } from '@consilium/event-store';
import { annotatorState, projectState, streamOf, withholdsReaders } from './stream-state.ts';

const cachedEntries = 10_000;

/**
 * What is decided once in a project and never changes after: the versions of its protocol, and who is registered. Kept in
 * memory, so that a command about a case reads that case and nothing else. Who is listed for a role changes, so it is read.
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

  /** As the project is at this moment, by the journal: whoever was taken off a list a moment ago acts no more. */
  async members(organisation: OrganisationId, projectId: ProjectId): Promise<ProjectMembers> {
    return (await this.membersOf(organisation, [projectId])).get(projectId) ?? new Map();
  }

  /** The same of all projects of one request, in one trip. */
  async membersOf(
    organisation: OrganisationId,
    projectIds: readonly ProjectId[],
  ): Promise<ReadonlyMap<ProjectId, ProjectMembers>> {
    const streams = projectIds.map((projectId) => streamIdOf('project', projectId));
    const loaded = await this.#store.load({ organisation, streams });
    return new Map(
      projectIds.map((projectId) => {
        const state = projectState(streamOf(loaded, streamIdOf('project', projectId)));
        return [projectId, state.status === 'active' ? state.members : new Map()];
      }),
    );
  }

  /** As {@link withholdsReaders}. */
  async hidesReaders(organisation: OrganisationId, projectId: ProjectId): Promise<boolean> {
    const streamId = streamIdOf('project', projectId);
    const loaded = await this.#store.load({ organisation, streams: [streamId] });
    return withholdsReaders(streamOf(loaded, streamId));
  }

  /** By the journal, not a view: whoever was registered a moment ago is blinded from now on. */
  async isRegistered(organisation: OrganisationId, annotatorId: AnnotatorId): Promise<boolean> {
    return (await this.registeredAmong(organisation, [annotatorId])).has(annotatorId);
  }

  /** Which of those of one request are registered, in one trip. */
  async registeredAmong(
    organisation: OrganisationId,
    annotatorIds: readonly AnnotatorId[],
  ): Promise<ReadonlySet<AnnotatorId>> {
    const isKnown = (annotatorId: AnnotatorId): boolean => this.#registered.has(`${organisation} ${annotatorId}`);
    const registered = new Set(annotatorIds.filter(isKnown));
    const asked = annotatorIds.filter((annotatorId) => !registered.has(annotatorId));
    if (asked.length === 0) return registered;
    const streams = asked.map((annotatorId) => streamIdOf('annotator', annotatorId));
    const loaded = await this.#store.load({ organisation, streams });
    if (this.#registered.size > cachedEntries) this.#registered.clear();
    for (const annotatorId of asked) {
      const state = annotatorState(streamOf(loaded, streamIdOf('annotator', annotatorId)));
      if (state.status !== 'registered') continue;
      registered.add(annotatorId);
      this.#registered.add(`${organisation} ${annotatorId}`);
    }
    return registered;
  }
}

const protocolKey = (organisation: OrganisationId, projectId: ProjectId, version: number): string =>
  `${organisation} ${projectId} ${version}`;
