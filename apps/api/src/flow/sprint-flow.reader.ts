import { Injectable } from '@nestjs/common';
import {
  burndown,
  replayScope,
  shiftedDay,
  sprintReport,
  velocity,
  type Actor,
  type BurnPoint,
  type ClosedSprint,
  type Counted,
  type Measure,
  type ReportDay,
  type ScopeInput,
  type SprintStay,
  type TicketSpan,
} from '@trainyard/domain';
import { apart } from '../platform/http/allowance.ts';
import { Database, databaseNow, rows } from '../platform/sql/database.ts';
import { FlowReader } from './flow.reader.ts';
import { SPAN_COLUMNS } from './flow.rows.ts';
import type { BurnPointType, SprintReportType, VelocityType } from './sprint-flow.types.ts';
import { dayOfInstant, daysFrom, ReportDays } from './report-days.ts';
import { readableSprint } from '../sprint/sprint.rows.ts';

/** Sprints that velocity looks at, those that say nothing among them. */
const VELOCITY_LOOKS_AT = 20;

interface Sprint {
  id: string;
  projectId: string;
  name: string;
  startsOn: string;
  endsOn: string;
  abandoned: boolean;
}
const SPRINT = /* sql */ `s.id, s.project_id AS "projectId", s.name, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn", s.abandoned`;

interface Asked {
  measure: Measure;
  counted: Counted;
}

/** Reads what became of sprints: all of it is told from the log. */
@Injectable()
export class SprintFlowReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly flow: FlowReader,
  ) {}

  /** Null where there is no such sprint, or the caller may not know of it. */
  async report(actor: Actor, sprintId: string, how: Asked & { asOf: Date | null }): Promise<SprintReportType | null> {
    const sprint = await readableSprint(this.database.direct, actor, sprintId);
    if (!sprint) return null;
    const now = await databaseNow(this.database.direct);
    const until = how.asOf && how.asOf < now ? how.asOf : now;
    const [[input], behind] = await Promise.all([this.inputs([sprint], how, until), this.flow.behind(sprint.projectId)]);
    if (!input) return null;
    const first = input.stays[0];
    const last = input.stays.at(-1);
    // As the days were counted when it ended: what was chosen later changes no sprint that is closed.
    const end = Math.min(last?.end ?? until.getTime(), until.getTime());
    const time = await this.reportDays.timeOf(sprint.projectId, new Date(end), shiftedDay(sprint.startsOn, -400), shiftedDay(sprint.endsOn, 400));
    const from = first ? dayOfInstant(first.start, time.timeZone) : sprint.startsOn;
    const to = first ? dayOfInstant(end, time.timeZone) : sprint.endsOn;
    const days = daysFrom(time, from, to > sprint.endsOn ? to : sprint.endsOn);
    const drawn = burndown({ ...input, days, lastDay: sprint.endsOn });
    return {
      ...sprintReport(input),
      timeZone: time.timeZone,
      behind,
      baseline: drawn.baseline,
      days: drawn.days.map((day, index) => {
        const { start, end: dayEnd } = days[index] as ReportDay;
        return { ...day, startsAt: new Date(start), endsAt: new Date(dayEnd), burn: day.burn && pointOf(day.burn) };
      }),
      points: drawn.points.map(pointOf),
      steps: drawn.steps.map((step) => ({ ...step, at: new Date(step.at) })),
    };
  }

  /** Of the sprints of a project, or of one of its boards, that have ended. */
  async velocity(actor: Actor, projectId: string, boardId: string | null, last: number, how: Asked): Promise<VelocityType> {
    await this.flow.readable(actor, projectId);
    const sprints = (
      await rows<Sprint>(
        this.database.direct,
        `SELECT ${SPRINT} FROM sprint s WHERE s.project_id = $1 AND s.state = 'CLOSED' AND ($2::uuid IS NULL OR s.board_id = $2) ORDER BY s.closed_at DESC, s.id LIMIT ${VELOCITY_LOOKS_AT}`,
        [projectId, boardId],
      )
    ).reverse();
    const now = await databaseNow(this.database.direct);
    const closed: (ClosedSprint & { name: string })[] = [];
    for (const sprint of sprints) {
      // One at a time, and only its sums are kept: twenty large sprints are more rows than one answer may read at once.
      const [input] = await apart(() => this.inputs([sprint], how, now));
      if (!input) continue;
      const replay = replayScope(input);
      const time = await this.reportDays.timeOf(projectId, new Date(replay.end ?? 0), shiftedDay(sprint.startsOn, -400), shiftedDay(sprint.endsOn, 400));
      const worked = input.stays.flatMap(({ start, end }) =>
        daysFrom(time, dayOfInstant(start, time.timeZone), dayOfInstant((end ?? start) - 1, time.timeZone)).filter(({ isWorking }) => isWorking),
      );
      const first = input.stays[0];
      const began = first ? dayOfInstant(first.start, time.timeZone) : sprint.startsOn;
      closed.push({
        id: sprint.id,
        name: sprint.name,
        abandoned: sprint.abandoned,
        committed: replay.points[0]?.scope ?? 0,
        completed: replay.points.at(-1)?.done ?? 0,
        tickets: new Set([...replay.committed, ...replay.steps].map(({ ticketId }) => ticketId)).size,
        plannedDays: daysFrom(time, began < sprint.startsOn ? sprint.startsOn : began, sprint.endsOn).filter(({ isWorking }) => isWorking).length,
        workedDays: new Set(worked.map(({ day }) => day)).size,
      });
    }
    const found = velocity(closed, last);
    const names = new Map(closed.map(({ id, name }) => [id, name]));
    return { ...found, sprints: found.sprints.map((sprint) => ({ ...sprint, name: names.get(sprint.id) ?? '' })) };
  }

  /** What rules ask of sprints. Their stays are told by the log: the moment of a row is that at which its tickets were so. */
  private async inputs(sprints: readonly Sprint[], { measure, counted }: Asked, until: Date): Promise<ScopeInput[]> {
    const { direct } = this.database;
    const ids = sprints.map(({ id }) => id);
    const spans = await rows<TicketSpan>(direct, `SELECT ${SPAN_COLUMNS} FROM ticket_span s WHERE s.sprint_id = ANY ($1::uuid[])`, [ids]);
    const states = await rows<{ id: string; state: string; at: Date }>(
      direct,
      /* sql */ `SELECT entity_id AS id, changes #>> '{state,to}' AS state, at FROM activity
        WHERE entity_id = ANY ($1::uuid[]) AND entity IN ('COLUMN', 'LABEL', 'SPRINT') AND changes ? 'state' ORDER BY entity_id, seq`,
      [ids],
    );
    const bySprint = Map.groupBy(spans, ({ sprintId }) => sprintId);
    const statesOf = Map.groupBy(states, ({ id }) => id);
    return ids.map((id) => ({ sprintId: id, spans: bySprint.get(id) ?? [], stays: staysOf(statesOf.get(id) ?? []), until: until.getTime(), measure, counted }));
  }
}

function staysOf(states: readonly { state: string; at: Date }[]): SprintStay[] {
  const stays: SprintStay[] = [];
  for (const { state, at } of states) {
    const last = stays.at(-1);
    if (state === 'RUNNING') stays.push({ start: at.getTime(), end: null });
    else if (last && last.end === null) last.end = at.getTime();
  }
  return stays;
}

const pointOf = ({ at, ...point }: BurnPoint): BurnPointType => ({ at: new Date(at), ...point });
