import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/sql/database.ts';

/** What rooms give to a new organisation, in the transaction that makes it. */
@Injectable()
export class Founding {
  private readonly gifts: ((tx: Tx) => Promise<void>)[] = [];

  /** Called once by the module of what is given. */
  register(give: (tx: Tx) => Promise<void>): void {
    this.gifts.push(give);
  }

  async give(tx: Tx): Promise<void> {
    for (const give of this.gifts) await give(tx);
  }
}
