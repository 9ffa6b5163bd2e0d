import { actsIn } from '@consilium/domain';
import type { ProjectId } from '@consilium/domain';
import type { ChangeView } from '@consilium/read-model';
import type { ProjectFacts } from '../platform/project-facts.ts';
import type { RequestScope } from '../platform/request-scope.ts';

/** Changes of who acts in a project. The feed does not say of whom. */
const listing: ReadonlySet<string> = new Set(['memberAdded', 'memberRemoved']);

export interface StandingOptions {
  readonly facts: ProjectFacts;
  readonly scope: RequestScope;
  readonly projectId: ProjectId;
  /** Shown what others do: until they become one of the project's annotators. */
  readonly seesOthers: boolean;
}

/**
 * Whether a viewer may go on following a project while its lists change. A subscription outlives the request that it was
 * allowed by, so what was found then says nothing of later.
 */
export class Standing {
  readonly #options: StandingOptions;
  #isLost = false;
  #mustLook = false;

  constructor(options: StandingOptions) {
    this.#options = options;
  }

  /** Takes note of a change, and says whether it ends the following at once. */
  isLostBy({ projectId, type, annotatorId }: ChangeView): boolean {
    const { scope, projectId: own, seesOthers } = this.#options;
    if (projectId !== own) return false;
    if (listing.has(type)) this.#mustLook = true;
    if (seesOthers && type === 'annotatorRegistered' && annotatorId === scope.annotatorId(own)) this.#isLost = true;
    return this.#isLost;
  }

  /** Changes were missed: any may have been among them. */
  doubt(): void {
    this.#mustLook = true;
  }

  /** To be asked before each frame. By the journal, and only where a change was noted. */
  async holds(): Promise<boolean> {
    if (this.#mustLook) {
      // Before looking: what comes in meanwhile is looked at for the next frame.
      this.#mustLook = false;
      if (!(await this.#mayFollow())) this.#isLost = true;
    }
    return !this.#isLost;
  }

  async #mayFollow(): Promise<boolean> {
    const { facts, scope, projectId, seesOthers } = this.#options;
    const { organisation } = scope.viewer;
    if (!actsIn(scope.viewer, await facts.members(organisation, projectId))) return false;
    return !seesOthers || !(await facts.isRegistered(organisation, scope.annotatorId(projectId)));
  }
}
