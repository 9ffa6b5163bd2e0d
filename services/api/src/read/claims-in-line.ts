import type { ProjectId } from '@consilium/domain';

/**
 * People of a project who are being given their next case by this process at this moment, each at a place in line that nobody else has:
 * the foremost that is free. Whoever stands there looks for a case so far down the queue: asked for at once, the first case would be fought for by all of
 * them. Only a hint, which is gone with the process: what somebody is given is decided by the case.
 */
export class ClaimsInLine {
  readonly #taken = new Map<ProjectId, Set<number>>();

  /** @param claim is given its place in line, from 0 */
  async stand<Answer>(projectId: ProjectId, claim: (place: number) => Promise<Answer>): Promise<Answer> {
    const taken = this.#taken.get(projectId) ?? new Set();
    this.#taken.set(projectId, taken);
    let place = 0;
    while (taken.has(place)) place += 1;
    taken.add(place);
    try {
      return await claim(place);
    } finally {
      taken.delete(place);
      if (taken.size === 0) this.#taken.delete(projectId);
    }
  }
}
