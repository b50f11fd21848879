import { Injectable } from '@nestjs/common';
import { messageOf } from '@trainyard/domain';
import { Jobs } from './jobs.ts';

const JOB = 'housekeeping';
const EVERY_MINUTE = '* * * * *';

/** Throws away what is past its time: each room its own rows, all in one job of the worker process. */
@Injectable()
export class Housekeeping {
  private readonly rooms = new Map<string, () => Promise<void>>();

  constructor(jobs: Jobs) {
    jobs.define(JOB, { run: () => this.tidy(), retries: [] });
    jobs.every(EVERY_MINUTE, JOB);
  }

  register(room: string, tidy: () => Promise<void>): void {
    this.rooms.set(room, tidy);
  }

  /** Every room in turn. One that fails keeps no other from its turn; it is told at the end. */
  async tidy(): Promise<void> {
    const faults: string[] = [];
    for (const [room, tidy] of this.rooms) await tidy().catch((error: unknown) => faults.push(`${room}: ${messageOf(error)}`));
    if (faults.length > 0) throw new Error(`Housekeeping failed. ${faults.join('; ')}`);
  }
}
