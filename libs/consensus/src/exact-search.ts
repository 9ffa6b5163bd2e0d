import { connectedPieces, gainWith, upperBound } from './overlap-component.ts';
import type { OverlapComponent, Partition } from './overlap-component.ts';

/**
 * Branch and bound over the partitions of one component. It takes the first region that is not yet in a cluster and
 * tries its clusters reader by reader, first region first and "none" last: this is the declared tie order, so the first
 * partition found with the best sum is the one to keep.
 */
export class ExactSearch {
  readonly #component: OverlapComponent;
  readonly #regionsOfReader: readonly (readonly number[])[];
  readonly #free: boolean[];
  readonly #chosen: (readonly number[])[] = [];
  #bestSum: number;
  #best: Partition | undefined;
  #statesLeft: number;

  /**
   * @param reachedSum a sum some partition is known to reach: nothing below it is looked at.
   * @param maxStates partial clusters to look at before giving up; a count and not a time, so that every machine gives up
   *   at the same point.
   */
  constructor(component: OverlapComponent, reachedSum: number, maxStates: number) {
    this.#component = component;
    this.#bestSum = reachedSum;
    this.#statesLeft = maxStates;
    this.#free = component.readers.map(() => true);
    this.#regionsOfReader = Array.from({ length: component.readerCount }, (_, reader) =>
      component.readers.flatMap((owner, region) => (owner === reader ? [region] : [])),
    );
  }

  /**
   * Once. `proved`: nothing is better or earlier in the tie order. Where the states did not suffice, the best met so far,
   * or undefined if nothing met the sum that is known to be reachable.
   */
  run(): { readonly partition: Partition | undefined; readonly proved: boolean } {
    this.#startCluster(0);
    return { partition: this.#best, proved: this.#statesLeft >= 0 };
  }

  #startCluster(sum: number): void {
    const seed = this.#free.indexOf(true);
    if (seed < 0) {
      this.#bestSum = sum;
      this.#best = [...this.#chosen];
      return;
    }
    this.#free[seed] = false;
    this.#extend([seed], (this.#component.readers[seed] ?? 0) + 1, sum);
    this.#free[seed] = true;
  }

  /** Regions of earlier readers all have their cluster, and the seed's own reader may not stand in it twice. */
  #extend(members: readonly number[], reader: number, sum: number): void {
    this.#statesLeft -= 1;
    if (this.#statesLeft < 0 || !this.#canWin(sum + this.#mostToCome(members, reader))) return;
    const candidates = this.#regionsOfReader[reader];
    if (candidates === undefined) {
      this.#closeCluster(members, sum);
      return;
    }
    for (const region of candidates) {
      if (this.#free[region] !== true) continue;
      this.#free[region] = false;
      this.#extend([...members, region], reader + 1, sum + gainWith(this.#component, region, members));
      this.#free[region] = true;
    }
    this.#extend(members, reader + 1, sum);
  }

  #closeCluster(members: readonly number[], sum: number): void {
    // The pieces of an unconnected cluster have the same sum, and are tried as clusters of their own.
    if (connectedPieces(this.#component, members).length > 1) return;
    this.#chosen.push(members);
    this.#startCluster(sum);
    this.#chosen.pop();
  }

  #canWin(mostSum: number): boolean {
    return this.#best === undefined ? mostSum >= this.#bestSum : mostSum > this.#bestSum;
  }

  #mostToCome(members: readonly number[], nextReader: number): number {
    let most = upperBound(this.#component, (region) => this.#free[region] === true);
    for (const candidates of this.#regionsOfReader.slice(nextReader)) {
      let best = 0;
      for (const region of candidates) {
        if (this.#free[region] === true) best = Math.max(best, gainWith(this.#component, region, members));
      }
      most += best;
    }
    return most;
  }
}
