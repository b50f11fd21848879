import { Injectable } from '@nestjs/common';
import type { Actor, ProjectScope } from '@trainyard/domain';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, type Tx } from '../platform/sql/database.ts';

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

  /** Holds what a comment or a file is of, before that itself is held. */
  async holdOf(tx: Tx, table: 'comment' | 'attachment', id: string): Promise<(HeldSubject & { noun: Noun }) | null> {
    const subject = await row<SubjectRef>(tx, `SELECT s.id, s.kind FROM ${table} c JOIN subject s ON s.id = c.subject_id WHERE c.id = $1`, [id]);
    if (!subject) return null;
    const noun = this.of(subject.kind);
    const held = await noun.lock(tx, subject.id);
    return held && { ...held, noun };
  }
}
