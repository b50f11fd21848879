import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/sql/database.ts';

/** What carries labels: tickets, which know projects and are not known to them. */
export interface LabelCarrier {
  /** How many that are not deleted carry each of these labels; labels that nothing carries may be left out. */
  counts(ids: readonly string[]): Promise<{ id: string; count: number }[]>;
  /** In `tx`: takes a label of the project away from all; answers how many that are not deleted carried it. */
  clear(tx: Tx, projectId: string, id: string): Promise<number>;
}

@Injectable()
export class LabelCarriers implements LabelCarrier {
  private readonly known: LabelCarrier[] = [];

  /** Called once by the module of what carries labels. */
  register(carrier: LabelCarrier): void {
    this.known.push(carrier);
  }

  async counts(ids: readonly string[]): Promise<{ id: string; count: number }[]> {
    const found = (await Promise.all(this.known.map((carrier) => carrier.counts(ids)))).flat();
    return ids.map((id) => ({ id, count: found.reduce((sum, each) => (each.id === id ? sum + each.count : sum), 0) }));
  }

  async clear(tx: Tx, projectId: string, id: string): Promise<number> {
    let count = 0;
    for (const carrier of this.known) count += await carrier.clear(tx, projectId, id);
    return count;
  }
}
