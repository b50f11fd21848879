import { Injectable } from '@nestjs/common';
import { shiftedDay, type Actor } from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId } from '../platform/input.ts';
import { Database, row } from '../platform/sql/database.ts';
import { FlowPicture, type Seen } from './flow-picture.ts';
import type { Known } from './flow.types.ts';
import { KeptAnswers, pastOf } from './kept-answers.ts';
import { ticketsNow, ticketsThen } from './picture-tickets.ts';
import { dayOfInstant, daysFrom, ReportDays } from './report-days.ts';
import { WaitReader } from './wait.reader.ts';

export const PICTURE_DAYS_MAX = 366;

interface Asked {
  projectId: string;
  /** Days of the picture, the last one that of `asOf`. */
  days: number;
  asOf: Date | null;
  known: Known;
}

/** Reads how work flows in a project. */
@Injectable()
export class FlowReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly waits: WaitReader,
    private readonly kept: KeptAnswers,
  ) {}

  /** @throws DomainError NOT_FOUND where there is none, or the caller may not know of it */
  async readable(actor: Actor, projectId: string): Promise<void> {
    const project = isId(projectId)
      ? await row<Parameters<typeof demandProject>[2] & object>(this.database.direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId])
      : null;
    demandProject(actor, 'project.read', project);
  }

  async picture(actor: Actor, { projectId, days, asOf, known }: Asked): Promise<FlowPicture> {
    if (!(days >= 1 && days <= PICTURE_DAYS_MAX)) throw new DomainError('BAD_INPUT', { field: 'days', reason: 'OUT_OF_RANGE', max: PICTURE_DAYS_MAX });
    const project = await this.kept.project(actor, projectId);
    const past = pastOf(project, asOf);
    let seen: Promise<Seen> | null = null;
    let parts = 0;
    return new FlowPicture(
      project,
      past ?? project.now,
      async (part, make) => {
        parts += 1;
        try {
          return await this.kept.answer(project, ['flow', days, past, past && known, ...part], async () =>
            make(await (seen ??= this.seen(actor, projectId, past ?? project.now, { days, past, known }))),
          );
        } finally {
          // What all parts are made of is let go with the last of them: a document may ask for many pictures.
          if ((parts -= 1) === 0) seen = null;
        }
      },
      readableBy(actor),
    );
  }

  private async seen(actor: Actor, projectId: string, at: Date, { days, past, known }: { days: number; past: Date | null; known: Known }): Promise<Seen> {
    const { direct } = this.database;
    const utc = at.toISOString().slice(0, 10);
    const time = await this.reportDays.timeOf(projectId, at, shiftedDay(utc, -days - 1), shiftedDay(utc, 1));
    const today = dayOfInstant(at.getTime(), time.timeZone);
    const window = daysFrom(time, shiftedDay(today, 1 - days), today);
    const pictured = { projectId, start: new Date(window[0]?.start ?? 0), at };
    const then = past && ticketsThen(direct, pictured);
    const { counts, done } = then && known === 'THEN' ? then : ticketsNow(direct, pictured);
    const told = { projectId, timeZone: time.timeZone, at, asOf: known === 'THEN' ? past : null };
    return {
      at,
      time,
      window,
      tickets: { ...(then ?? ticketsNow(direct, pictured)), counts, done },
      waitsOf: (ticketIds) => this.waits.waitsOf(actor, { ...told, ticketIds }),
    };
  }
}
