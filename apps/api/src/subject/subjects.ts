import { Injectable } from '@nestjs/common';
import type { Actor, ProjectScope } from '@trainyard/domain';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import type { Tx } from '../platform/sql/database.ts';

/** A thing that has comments and files: the id is the thing's own. */
export interface SubjectRef {
  kind: string;
  id: string;
}

/** One that nobody else changes until the transaction ends. */
export interface HeldSubject extends ProjectScope {
  id: string;
  /** Of the log. */
  scope: string;
  /** What each entry of the log says of the thing. */
  about: Pick<ActivityEntry, 'ticketId'>;
}

/** What a noun says of its things, so that they can have what any subject has. `subject/` knows no noun. */
export interface Noun {
  /** Holds the thing; null where there is none. Rights are asked on what it answers. */
  lock(tx: Tx, id: string): Promise<HeldSubject | null>;
  /** Whether there is such a thing that the actor may read. */
  readable(tx: Tx, actor: Actor, id: string): Promise<boolean>;
  /** A statement that adds `by` to the count of comments that the thing `id` carries; both are SQL. */
  countComments(id: string, by: string): string;
  /** The same for the count of files attached to it. */
  countAttachments(id: string, by: string): string;
}

@Injectable()
export class Subjects {
  private readonly nouns = new Map<string, Noun>();

  /** Called once by the room of each noun whose things are subjects. */
  register(kind: string, noun: Noun): void {
    this.nouns.set(kind, noun);
  }

  of(kind: string): Noun {
    const noun = this.nouns.get(kind);
    if (!noun) throw new Error(`no room has registered ${kind}`);
    return noun;
  }
}
