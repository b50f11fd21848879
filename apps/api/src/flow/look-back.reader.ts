import { Injectable } from '@nestjs/common';
import { shiftedDay, startOfDay, type Actor } from '@trainyard/domain';
import { Database, row, rows } from '../platform/sql/database.ts';
import { DoneReader } from './done.reader.ts';
import { ForecastReader } from './forecast.reader.ts';
import { held, KeptAnswers } from './kept-answers.ts';
import type { LostRunType, SpentTicketType, SprintLookBackType } from './look-back.types.ts';
import { ReportDays } from './report-days.ts';
import { hours } from './run-hours.ts';
import { readableSprint } from '../sprint/sprint.rows.ts';

interface Sprint {
  id: string;
  projectId: string;
  endsOn: string;
  from: Date;
  to: Date;
}

const NOTHING = { all: 0, ofSprint: 0 };

/** Reads what a retrospective begins with: all of it is told by the log and by runs. */
@Injectable()
export class LookBackReader {
  constructor(
    private readonly database: Database,
    private readonly kept: KeptAnswers,
    private readonly done: DoneReader,
    private readonly forecasts: ForecastReader,
    private readonly reportDays: ReportDays,
  ) {}

  /** Null where there is no such sprint, it has not started, or the caller may not know of it. */
  async lookBack(actor: Actor, sprintId: string): Promise<SprintLookBackType | null> {
    const project = await this.kept.projectOf(actor, sprintId);
    if (!project) return null;
    return this.kept.answer(project, ['look back', sprintId], async () => {
      const found = await readableSprint(this.database.direct, actor, sprintId);
      if (!found?.startedAt) return held(null);
      const sprint: Sprint = { ...found, from: found.startedAt, to: found.closedAt ?? project.now };
      const answer = await this.made(sprint);
      // While it runs it is of now.
      return { answer, holds: found.state === 'CLOSED' && !(await this.isTraining(sprint)) };
    });
  }

  private async made(sprint: Sprint): Promise<SprintLookBackType> {
    const { id, projectId, endsOn, from, to } = sprint;
    const utc = to.toISOString().slice(0, 10);
    const { timeZone } = await this.reportDays.timeOf(projectId, to, utc, utc);
    const end = startOfDay(shiftedDay(endsOn, 1), timeZone);
    const until = to < end ? to : end;
    const [carried, failedRuns, came, forecast] = await Promise.all([
      this.carried(sprint),
      this.failed(sprint),
      from < until ? this.done.countsOf({ projectId, from, knownAt: until }, id) : NOTHING,
      this.forecasts.backThen(projectId, from, endsOn),
    ]);
    return { from, to, carried, failedRuns, forecast, came: came.all, cameOfIt: came.ofSprint };
  }

  /** Whether a ticket of it has a run that is not over: what it trains on is told without an entry of the log. */
  private async isTraining({ id }: Sprint): Promise<boolean> {
    const found = await row<{ any: boolean }>(
      this.database.direct,
      /* sql */ `SELECT EXISTS (SELECT FROM run r JOIN attempt a ON a.run_id = r.id
        WHERE r.ticket_id IN (SELECT s.ticket_id FROM ticket_span s WHERE s.sprint_id = $1) AND a.ended_at IS NULL) AS "any"`,
      [id],
    );
    return found?.any ?? false;
  }

  private carried({ id, to }: Sprint): Promise<SpentTicketType[]> {
    return rows(
      this.database.direct,
      /* sql */ `WITH left_over AS (
          SELECT k.ticket_id AS id FROM sprint_ticket k WHERE k.sprint_id = $1 AND k.outcome = 'CARRIED'
          UNION SELECT t.id FROM ticket t JOIN sprint s ON s.id = t.sprint_id WHERE s.id = $1 AND s.state = 'RUNNING' AND t.state <> 'DONE' AND t.deleted_at IS NULL
        )
        SELECT t.id AS "ticketId", p.key || '-' || t.number AS key, t.title, h.device AS "deviceHours", h.cpu AS "cpuHours"
        FROM left_over l JOIN ticket t ON t.id = l.id JOIN project p ON p.id = t.project_id CROSS JOIN LATERAL (
          SELECT ${hours('DEVICE', '$2')} AS device, ${hours('CPU', '$2')} AS cpu FROM run r JOIN attempt a ON a.run_id = r.id WHERE r.ticket_id = t.id AND a.started_at < $2
        ) h ORDER BY h.device DESC, h.cpu DESC, t.number`,
      [id, to],
    );
  }

  /** By what their attempts that failed took: one that was retried and came through cost that, too. */
  private failed({ id, from, to }: Sprint): Promise<LostRunType[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT r.id AS "runId", r.number, r.state, t.id AS "ticketId", p.key || '-' || t.number AS "ticketKey", f.code AS "failureCode", f.ended_at AS "endedAt",
          f.device AS "deviceHours", f.cpu AS "cpuHours"
        FROM run r JOIN ticket t ON t.id = r.ticket_id JOIN project p ON p.id = t.project_id CROSS JOIN LATERAL (
          SELECT max(a.ended_at) AS ended_at, (array_agg(a.failure_code ORDER BY a.number DESC))[1] AS code, ${hours('DEVICE')} AS device, ${hours('CPU')} AS cpu
          FROM attempt a WHERE a.run_id = r.id AND a.state = 'FAILED' AND a.ended_at >= $2 AND a.ended_at < $3
        ) f
        WHERE r.ticket_id IN (SELECT s.ticket_id FROM ticket_span s WHERE s.sprint_id = $1) AND f.ended_at IS NOT NULL
        ORDER BY f.device DESC, f.cpu DESC, r.number`,
      [id, from, to],
    );
  }
}
