import { Injectable } from '@nestjs/common';
import {
  burndown,
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
import { Database, rows } from '../platform/sql/database.ts';
import { SPAN_COLUMNS } from './flow.rows.ts';
import { held, KeptAnswers, pastOf, type AskedProject } from './kept-answers.ts';
import type { BurnPointType, SprintReportType, VelocityType } from './sprint-flow.types.ts';
import { dayOfInstant, daysFrom, ReportDays } from './report-days.ts';
import { scopeTotals, type Course } from './scope-totals.ts';
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
/** Over `sprint s` and what `told` of its end last. */
const SPRINT = /* sql */ `s.id, s.project_id AS "projectId", s.name, s.starts_on::text AS "startsOn", s.ends_on::text AS "endsOn",
  COALESCE((told.changes #>> '{abandoned,to}')::boolean, false) AS abandoned`;
/** Over `activity a`: as the index of what has a name that changes wants it. */
const OF_SPRINTS = /* sql */ `a.entity IN ('COLUMN', 'LABEL', 'SPRINT')`;

interface Asked {
  measure: Measure;
  counted: Counted;
}
interface VelocityAsked extends Asked {
  /** Null: of all boards. */
  boardId: string | null;
  /** How many sprints. */
  last: number;
  asOf: Date | null;
}

/** Reads what became of sprints: all of it is told from the log. */
@Injectable()
export class SprintFlowReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly kept: KeptAnswers,
  ) {}

  /** Null where there is no such sprint, or the caller may not know of it. */
  async report(actor: Actor, sprintId: string, how: Asked & { asOf: Date | null }): Promise<SprintReportType | null> {
    const project = await this.kept.projectOf(actor, sprintId);
    if (!project) return null;
    const past = pastOf(project, how.asOf);
    const report = await this.kept.answer(project, ['sprint', sprintId, how.measure, how.counted, past], async () => {
      const sprint = await readableSprint(this.database.direct, actor, sprintId);
      return held(sprint && (await this.made(sprint, how, past ?? project.now)));
    });
    return report && { ...report, behind: project.behind };
  }

  private async made(sprint: Sprint, { measure, counted }: Asked, until: Date): Promise<Omit<SprintReportType, 'behind'>> {
    const { direct } = this.database;
    const { id, projectId } = sprint;
    const [told, spans, [planned]] = await Promise.all([
      this.staysOf([id]),
      rows<TicketSpan>(direct, `SELECT ${SPAN_COLUMNS} FROM ticket_span s WHERE s.sprint_id = $1`, [id]),
      this.plannedAt(until, [sprint]),
    ]);
    const { startsOn, endsOn } = planned!;
    // It had not been opened again yet.
    const stays = (told.get(id) ?? []).filter(({ start }) => start < until.getTime());
    const input: ScopeInput = { sprintId: id, spans, stays, until: until.getTime(), measure, counted };
    const first = input.stays[0];
    const last = input.stays.at(-1);
    // As the days were counted when it ended: what was chosen later changes no sprint that is closed.
    const end = Math.min(last?.end ?? until.getTime(), until.getTime());
    const time = await this.reportDays.timeOf(projectId, new Date(end), shiftedDay(startsOn, -400), shiftedDay(endsOn, 400));
    const from = first ? dayOfInstant(first.start, time.timeZone) : startsOn;
    const to = first ? dayOfInstant(end, time.timeZone) : endsOn;
    const days = daysFrom(time, from, to > endsOn ? to : endsOn);
    const drawn = burndown({ ...input, days, lastDay: endsOn });
    return {
      ...sprintReport(input),
      timeZone: time.timeZone,
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
  async velocity(actor: Actor, projectId: string, { asOf, ...of }: VelocityAsked): Promise<VelocityType> {
    const project = await this.kept.project(actor, projectId);
    const past = pastOf(project, asOf);
    return this.kept.answer(project, ['velocity', of, past], async () => held(await this.velocityOf(project, of, past ?? project.now)));
  }

  private async velocityOf({ projectId }: AskedProject, { boardId, last, ...how }: Omit<VelocityAsked, 'asOf'>, until: Date): Promise<VelocityType> {
    const ended = (
      await rows<Sprint>(
        this.database.direct,
        /* sql */ `SELECT ${SPRINT} FROM sprint s JOIN LATERAL (
            SELECT a.at, a.changes, a.changes #>> '{state,to}' AS state FROM activity a
            WHERE a.entity_id = s.id AND ${OF_SPRINTS} AND a.changes ? 'state' AND a.at < $3 ORDER BY a.seq DESC LIMIT 1
          ) told ON told.state = 'CLOSED'
          WHERE s.project_id = $1 AND ($2::uuid IS NULL OR s.board_id = $2) ORDER BY told.at DESC, s.id LIMIT ${VELOCITY_LOOKS_AT}`,
        [projectId, boardId, until],
      )
    ).reverse();
    if (ended.length === 0) return { ...velocity([], last), sprints: [] };
    const sprints = await this.plannedAt(until, ended);
    const ran = await this.staysOf(sprints.map(({ id }) => id));
    // All have ended by then: what was opened again is a stretch of its own.
    const courses = sprints.map(({ id }): Course => ({
      sprintId: id,
      stays: (ran.get(id) ?? []).flatMap(({ start, end }) => (end === null || end >= until.getTime() ? [] : { start, end })),
    }));
    const [times, totals] = await Promise.all([
      this.reportDays.timesOf(
        projectId,
        courses.map((one) => new Date(one.stays.at(-1)?.end ?? 0)),
        shiftedDay(
          sprints.reduce((first, { startsOn }) => (startsOn < first ? startsOn : first), '9'),
          -400,
        ),
        shiftedDay(
          sprints.reduce((final, { endsOn }) => (endsOn > final ? endsOn : final), ''),
          400,
        ),
      ),
      scopeTotals(this.database.direct, courses, how),
    ]);
    const closed = sprints.map((sprint, place): ClosedSprint & { name: string } => {
      const [time, { stays }] = [times[place]!, courses[place]!];
      const worked = stays.flatMap(({ start, end }) =>
        daysFrom(time, dayOfInstant(start, time.timeZone), dayOfInstant(end - 1, time.timeZone)).filter(({ isWorking }) => isWorking),
      );
      const began = stays[0] ? dayOfInstant(stays[0].start, time.timeZone) : sprint.startsOn;
      return {
        id: sprint.id,
        name: sprint.name,
        abandoned: sprint.abandoned,
        ...totals[place]!,
        plannedDays: daysFrom(time, began < sprint.startsOn ? sprint.startsOn : began, sprint.endsOn).filter(({ isWorking }) => isWorking).length,
        workedDays: new Set(worked.map(({ day }) => day)).size,
      };
    });
    const found = velocity(closed, last);
    const names = new Map(closed.map(({ id, name }) => [id, name]));
    return { ...found, sprints: found.sprints.map((sprint) => ({ ...sprint, name: names.get(sprint.id) ?? '' })) };
  }

  /** Sprints with the first and the last day that they had at an instant: what was said later rewrites no picture of before. */
  private async plannedAt<Planned extends Pick<Sprint, 'id' | 'startsOn' | 'endsOn'>>(at: Date, sprints: readonly Planned[]): Promise<Planned[]> {
    const later = await rows<{ id: string; startsOn: string | null; endsOn: string | null }>(
      this.database.direct,
      /* sql */ `SELECT a.entity_id AS id, a.changes #>> '{startsOn,from}' AS "startsOn", a.changes #>> '{endsOn,from}' AS "endsOn" FROM activity a
        WHERE a.entity_id = ANY ($1::uuid[]) AND ${OF_SPRINTS} AND a.at >= $2 AND (a.changes ? 'startsOn' OR a.changes ? 'endsOn') ORDER BY a.entity_id, a.seq`,
      [sprints.map(({ id }) => id), at],
    );
    const before = (of: string, day: 'startsOn' | 'endsOn'): string | null => later.find((one) => one.id === of && one[day] !== null)?.[day] ?? null;
    return sprints.map((sprint) => ({
      ...sprint,
      startsOn: before(sprint.id, 'startsOn') ?? sprint.startsOn,
      endsOn: before(sprint.id, 'endsOn') ?? sprint.endsOn,
    }));
  }

  /** When sprints ran, told by the log: the moment of a row is that at which its tickets were so. */
  private async staysOf(sprintIds: readonly string[]): Promise<Map<string, SprintStay[]>> {
    const states = await rows<{ id: string; state: string; at: Date }>(
      this.database.direct,
      /* sql */ `SELECT a.entity_id AS id, a.changes #>> '{state,to}' AS state, a.at FROM activity a
        WHERE a.entity_id = ANY ($1::uuid[]) AND ${OF_SPRINTS} AND a.changes ? 'state' ORDER BY a.entity_id, a.seq`,
      [sprintIds],
    );
    return new Map([...Map.groupBy(states, ({ id }) => id)].map(([id, told]) => [id, staysIn(told)]));
  }
}

function staysIn(states: readonly { state: string; at: Date }[]): SprintStay[] {
  const stays: SprintStay[] = [];
  for (const { state, at } of states) {
    const last = stays.at(-1);
    if (state === 'RUNNING') stays.push({ start: at.getTime(), end: null });
    else if (last && last.end === null) last.end = at.getTime();
  }
  return stays;
}

const pointOf = ({ at, ...point }: BurnPoint): BurnPointType => ({ at: new Date(at), ...point });
