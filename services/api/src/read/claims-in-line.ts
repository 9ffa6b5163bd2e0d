import type { ProjectId } from '@consilium/domain';

/**
 * How many people of a project are being given their next case by this process at this moment. Each is told how many came before,
 * and looks for a case so far down the queue: asked for at once, the first case would be fought for by all of them. Only a hint, which
 * is gone with the process: what somebody is given is decided by the case.
 */
export class ClaimsInLine {
  readonly #inLine = new Map<ProjectId, number>();

  /** @param claim is given the number of those in line before, 0 or more */
  async stand<Answer>(projectId: ProjectId, claim: (before: number) => Promise<Answer>): Promise<Answer> {
    const before = this.#inLine.get(projectId) ?? 0;
    this.#inLine.set(projectId, before + 1);
    try {
      return await claim(before);
    } finally {
      const left = (this.#inLine.get(projectId) ?? 1) - 1;
      if (left === 0) this.#inLine.delete(projectId);
      else this.#inLine.set(projectId, left);
    }
  }
}
