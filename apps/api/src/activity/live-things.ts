import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/sql/database.ts';

export interface Thing {
  id: string;
}

/** A kind of thing that the news of a project bring along, as it is now. Its room registers it: `activity/` knows no noun. */
export interface LiveThings<Row = never> {
  /** The field of ProjectEvents that shows them. */
  field: string;
  /** A SELECT over `news`, which has the columns of NEWS_COLUMNS: a row for each thing. Constant, and no rights: those are the project's. */
  sql: string;
  /** @param found the rows as JSON has them: a time is text. */
  of: (found: Row[], tx: Tx) => Thing[] | Promise<Thing[]>;
}

@Injectable()
export class LiveRegistry {
  private readonly kinds: LiveThings[] = [];
  private joined: string | null = null;

  register<Row>(kind: LiveThings<Row>): void {
    this.kinds.push(kind as unknown as LiveThings);
    this.joined = null;
  }

  /** All of them as one JSON object by field, over `news`: part of one statement, so that all are of one snapshot. */
  get sql(): string {
    this.joined ??= this.kinds.map(({ field, sql }) => `'${field}', (SELECT json_agg(thing) FROM (${sql}) thing)`).join(',\n        ');
    return `json_build_object(${this.joined})`;
  }

  /** From what `sql` found. */
  async thingsOf(found: Record<string, unknown[] | null>, tx: Tx): Promise<Record<string, Thing[]>> {
    const things = await Promise.all(this.kinds.map(async ({ field, of }) => [field, await of((found[field] ?? []) as never[], tx)] as const));
    return Object.fromEntries(things);
  }
}

/** The ids of one kind of thing that the news speak of. As an array they are looked up by index, however many rows there are. */
export const NEWS_OF = (entity: string): string => `ANY (ARRAY(SELECT "entityId" FROM news WHERE entity = '${entity}'))`;
