import type { Chance } from './chance.ts';

/** What tickets ask of runners, as it was observed. */
export interface RunDemand {
  /** Hours that the runs of a ticket took, a value for each ticket that had runs. */
  lengths: readonly number[];
  /** The part of tickets that had runs, 0 to 1. */
  share: number;
}

/** Tickets that are as good as done and wait for their runs, the first first. Their runs are done one after the other, as far as a day's hours go. */
export class RunQueue {
  private readonly lengths: Float64Array;
  private readonly share: number;
  private readonly chance: Chance;
  /** Hours asked for until each waiting ticket is served, counted since the trial began; used again by the next one. */
  private readonly due: number[] = [];
  private last = 0;
  private next = 0;
  private served = 0;
  private asked = 0;

  constructor({ lengths, share }: RunDemand, chance: Chance) {
    this.lengths = Float64Array.from(lengths);
    this.share = share;
    this.chance = chance;
  }

  clear(): void {
    this.last = 0;
    this.next = 0;
    this.served = 0;
    this.asked = 0;
  }

  /** Of `count` tickets that people finish on a day: how many are done, with those that had waited. */
  pass(count: number, hours: number): number {
    let done = 0;
    for (let each = 0; each < count; each += 1) {
      // One draw says whether it needs runs, and which.
      const at = this.chance.next();
      if (at < this.share) {
        this.asked += this.lengths[((at / this.share) * this.lengths.length) | 0] as number;
        this.due[this.last++] = this.asked;
      } else done += 1;
    }
    this.served += hours;
    // An hour in which nothing waited is gone.
    if (this.served > this.asked) this.served = this.asked;
    for (; this.next < this.last && (this.due[this.next] as number) <= this.served; this.next += 1) done += 1;
    return done;
  }
}
