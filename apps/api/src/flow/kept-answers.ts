import { Injectable } from '@nestjs/common';
import { can, type Actor, type ProjectScope } from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { withAllowance } from '../platform/http/allowance.ts';
import { isId } from '../platform/input.ts';
import { inPastTurn } from '../platform/lists/list-turns.ts';
import { Database, row } from '../platform/sql/database.ts';
import { FLOW_READER } from './flow-feed.ts';
import { dayOfInstant } from './report-days.ts';

/** Of all that is kept, as JSON; and of one answer. */
const BYTES_MAX = 32 * 1024 ** 2;
const ANSWER_BYTES_MAX = BYTES_MAX / 8;
const ANSWERS_MAX = 1_000;

/** A project at the moment of a question. */
export interface AskedProject {
  projectId: string;
  now: Date;
  /** Entries of its log that the reader has not come to. */
  behind: number;
  /** All that its reports are made of is the same where this is. Null: the log tells of what is to come, so the moment decides, too. */
  state: string | null;
  /** Who asks. */
  by: Actor;
}

/** The past moment that is asked about; null: now, since nothing is known of what is to come. */
export const pastOf = ({ now }: AskedProject, asOf: Date | null): Date | null => (asOf && asOf < now ? asOf : null);

/** An answer, and whether the state of the project is all that it is made of. */
export interface Made<Answer> {
  answer: Answer;
  holds: boolean;
}
/** An answer that is made of nothing but what the log told. */
export const held = <Answer>(answer: Answer): Made<Answer> => ({ answer, holds: true });

interface Found extends ProjectScope {
  id: string;
  timeZone: string;
  now: Date;
  behind: number;
  position: string;
  isToldAhead: boolean;
}
const askedOf = (by: Actor, { id, timeZone, now, behind, position, isToldAhead }: Found): AskedProject => ({
  by,
  projectId: id,
  now,
  behind,
  state: isToldAhead ? null : `${position} ${now.toISOString().slice(0, 10)} ${dayOfInstant(now.getTime(), timeZone)}`,
});

interface Kept {
  state: string;
  answer: unknown;
  bytes: number;
}

/**
 * Keeps answers of reports in this process, each with the state of the project that it is of: asked again in the same state it is told again, and two
 * who ask at once wait for one. The state is how far the logs of the project and the organisation, and their reader, have come, and the day: whatever
 * changes what a report says is logged in the transaction of the change, so nothing has to be thrown away. What is made of more says so, and is not kept.
 */
@Injectable()
export class KeptAnswers {
  /** The least lately asked first. */
  private readonly kept = new Map<string, Kept>();
  private readonly making = new Map<string, Promise<unknown>>();
  private bytes = 0;

  constructor(private readonly database: Database) {}

  /** @throws DomainError NOT_FOUND where there is none, or the caller may not know of it */
  async project(actor: Actor, projectId: string): Promise<AskedProject> {
    return askedOf(actor, demandProject(actor, 'project.read', isId(projectId) ? await this.found('$1', projectId) : null));
  }

  /** The project of a sprint. Null where there is none, or the caller may not know of it. */
  async projectOf(actor: Actor, sprintId: string): Promise<AskedProject | null> {
    const found = isId(sprintId) ? await this.found('(SELECT a.project_id FROM sprint a WHERE a.id = $1)', sprintId) : null;
    return found && can(actor, 'project.read', found) ? askedOf(actor, found) : null;
  }

  private found(projectId: '$1' | '(SELECT a.project_id FROM sprint a WHERE a.id = $1)', id: string): Promise<Found | null> {
    return row(
      this.database.direct,
      /* sql */ `SELECT p.id, ${PROJECT_SCOPE}, p.time_zone AS "timeZone", n.now, (s.seq - COALESCE(l.seq, 0))::int AS behind,
          json_build_array(s.seq, l.seq, l.xmin::text, o.seq)::text AS position,
          COALESCE(GREATEST((SELECT max(a.at) FROM activity a WHERE a.scope = p.id), (SELECT max(a.at) FROM activity a WHERE a.scope = o.id)) >= n.now, false) AS "isToldAhead"
        FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) n, project p JOIN activity_scope s ON s.id = p.id
          LEFT JOIN log_position l ON l.scope = p.id AND l.reader = $2 LEFT JOIN activity_scope o ON o.id = (SELECT id FROM organisation)
        WHERE p.id = ${projectId}`,
      [id, FLOW_READER],
    );
  }

  /**
   * @param question all that is asked, what the caller may see among it where that decides
   * @param make reads all that it is made of, after the project was asked for: what was read before may be older than the state
   */
  async answer<Answer>({ projectId, state, by }: AskedProject, question: readonly unknown[], make: () => Promise<Made<Answer>>): Promise<Answer> {
    if (state === null) return (await inPastTurn(this.database, by, make)).answer;
    const asked = JSON.stringify([projectId, ...question]);
    const known = this.known(asked, state);
    if (known) return known.answer as Answer;
    const inState = `${state} ${asked}`;
    const begun = (): Promise<Answer> | undefined => this.making.get(inState) as Promise<Answer> | undefined;
    // What waits for its turn is nobody else's: others would wait for all that stands before it.
    return (
      begun() ??
      inPastTurn(this.database, by, () => {
        const meanwhile = this.known(asked, state);
        if (meanwhile) return Promise.resolve(meanwhile.answer as Answer);
        const other = begun();
        if (other) return other;
        const making = this.make(asked, state, make).finally(() => this.making.delete(inState));
        this.making.set(inState, making);
        return making;
      })
    );
  }

  private known(asked: string, state: string): Kept | null {
    const known = this.kept.get(asked);
    if (known?.state !== state) return null;
    this.kept.delete(asked);
    this.kept.set(asked, known);
    return known;
  }

  /** Forgets all of them. */
  clear(): void {
    this.kept.clear();
    this.bytes = 0;
  }

  /** What it reads counts towards nobody's answer: others may wait for it. */
  private async make<Answer>(asked: string, state: string, make: () => Promise<Made<Answer>>): Promise<Answer> {
    const { answer, holds } = await withAllowance(make);
    if (holds) this.keep(asked, { state, answer, bytes: asked.length + JSON.stringify(answer).length });
    return answer;
  }

  private keep(asked: string, kept: Kept): void {
    this.drop(asked);
    if (kept.bytes > ANSWER_BYTES_MAX) return;
    this.kept.set(asked, kept);
    this.bytes += kept.bytes;
    for (const [oldest] of this.kept) {
      if (this.bytes <= BYTES_MAX && this.kept.size <= ANSWERS_MAX) break;
      this.drop(oldest);
    }
  }

  private drop(asked: string): void {
    this.bytes -= this.kept.get(asked)?.bytes ?? 0;
    this.kept.delete(asked);
  }
}
