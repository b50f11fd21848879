import type { Actor } from '@trainyard/domain';
import { changesBetween, dayAt, DEFAULT_PARAMETERS, normalForm, shiftedDay } from '@trainyard/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AccountService } from '../access/account.service.ts';
import { hashPassword } from '../access/password.ts';
import { DEMO } from '../access/viewer.service.ts';
import { LabelService } from '../project/label.service.ts';
import { BoardService } from '../board/board.service.ts';
import { ProjectStateService } from '../project/project-state.service.ts';
import type { ProjectType } from '../project/project.types.ts';
import { ProjectService } from '../project/project.service.ts';
import { ColumnService } from '../board/column.service.ts';
import { DatasetService } from '../dataset/dataset.service.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { ReleaseService } from '../sprint/release.service.ts';
import type { ReleaseType } from '../sprint/release.types.ts';
import { CalendarReader } from '../staffing/calendar.reader.ts';
import { MembershipService } from '../staffing/membership.service.ts';
import { TeamService } from '../staffing/team.service.ts';
import { TimeOffService } from '../staffing/time-off.service.ts';
import { RunService } from '../training/run.service.ts';
import { EXAMPLE_RUNS, type ExampleRun } from './example-runs.ts';
import { Examples } from './examples.ts';
import { emailOf, SeedPeople } from './people.ts';
import { makeRules } from './rules.ts';
import { SprintStory } from './sprint-story.ts';
import { daysBefore, workedAt } from './story-days.ts';
import { storyOf } from './story.ts';
import { TicketStory, type Column } from './ticket-story.ts';
import { Telling } from './past.ts';
import { DATASETS, FIRST_RUN, ORGANISATION, PEOPLE, PROJECTS, TEAMS, TIME_OFF, type SeedProject, type SeedSprint } from './workspace.ts';

/** What the seeding made (not what it found). */
export interface Made {
  people: number;
  teams: number;
  projects: number;
  sprints: number;
  tickets: number;
  comments: number;
  files: number;
  datasets: number;
  runs: number;
}
/** Days between the end of a sprint and its retrospective. */
const LOOK_BACK_AFTER = 0.05;
const DATASET_POLL_MS = 200;
/** When something of a project happened that its story tells of so many days ago. */
const whenOf = ({ sprints }: SeedProject, now: Date, days: number): Date => (sprints ? workedAt(now, days) : daysBefore(now, days));

/**
 * Makes the demonstration workspace by the services people use, so that it has rights, numbers and a history like any other.
 * Each step looks whether its thing is there: a seeding that was interrupted goes on, a second one changes nothing.
 */
export class Seeding {
  private readonly made: Made = { people: 0, teams: 0, projects: 0, sprints: 0, tickets: 0, comments: 0, files: 0, datasets: 0, runs: 0 };
  private readonly database: Database;
  private readonly peopleOf: SeedPeople;

  /** @param now the moment that everything of the demonstration is told from */
  constructor(
    private readonly app: INestApplicationContext,
    private readonly now = new Date(),
  ) {
    this.database = app.get(Database);
    this.peopleOf = new SeedPeople(app);
  }

  /** False when the database belongs to an organisation of its own: nothing is put among other people's work. */
  async mayBegin(): Promise<boolean> {
    const found = await row<{ name: string }>(this.database.direct, 'SELECT name FROM organisation');
    return found === null || found.name === ORGANISATION;
  }

  async workspace(): Promise<Made> {
    await this.people();
    await this.teams();
    await this.timeOff();
    await this.datasets();
    for (const project of PROJECTS) await this.project(project);
    return this.made;
  }

  /**
   * Queues the demonstration run once a runner has looked at its dataset, waiting for that at most `waitMs`. True when the run
   * is there; false when no runner has come by in time.
   */
  async firstRun(waitMs: number): Promise<boolean> {
    const ticket = await row<{ id: string; run: string | null }>(
      this.database.direct,
      'SELECT t.id, t.latest_run_id AS run FROM ticket t JOIN project p ON p.id = t.project_id WHERE p.key = $1 AND t.title = $2 AND t.deleted_at IS NULL',
      [FIRST_RUN.project, FIRST_RUN.ticket],
    );
    // Somebody who deleted the ticket does not want its run either.
    if (!ticket || ticket.run) return true;
    const deadline = Date.now() + waitMs;
    for (;;) {
      const dataset = await row<{ id: string; state: string }>(this.database.direct, 'SELECT id, state FROM dataset WHERE name = $1', [FIRST_RUN.dataset]);
      if (!dataset || dataset.state === 'INVALID') return true;
      if (dataset.state === 'READY') {
        const parameters = DEFAULT_PARAMETERS.MLP_784_128_10;
        await this.app.get(RunService).queue(await this.peopleOf.actor(FIRST_RUN.by), {
          ticketId: ticket.id,
          template: 'MLP_784_128_10',
          datasetId: dataset.id,
          engine: 'AUTO',
          parameters,
        });
        return true;
      }
      if (Date.now() >= deadline) return false;
      await pause(DATASET_POLL_MS);
    }
  }

  private async people(): Promise<void> {
    const passwordHash = await hashPassword(DEMO.password);
    // Nobody signs in as the invented colleagues until an administrator gives them a password.
    const unknown = await hashPassword(randomBytes(24).toString('base64url'));
    await this.database.transaction(async (tx) => {
      const scope =
        (await row<{ id: string }>(tx, 'SELECT id FROM organisation'))?.id ?? (await this.app.get(AccountService).makeOrganisation(tx, ORGANISATION));
      const there = new Set((await rows<{ email: string }>(tx, 'SELECT email FROM app_user')).map(({ email }) => email));
      const missing = PEOPLE.filter(({ key }) => !there.has(emailOf(key))).map((person) => ({ ...person, id: randomUUID(), email: emailOf(person.key) }));
      for (const { id, key, name, email, orgRole, locale } of missing) {
        await tx.query(
          'INSERT INTO app_user (id, email, email_key, name, name_key, org_role, locale, password_hash, demo_password) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
          [id, email, normalForm(email), name, normalForm(name), orgRole, locale ?? null, key === 'demo' ? passwordHash : unknown, key === 'demo'],
        );
      }
      if (missing.length === 0) return;
      await this.app.get(ActivityLog).append(
        tx,
        scope,
        missing.find(({ key }) => key === 'demo')?.id ?? null,
        missing.map(({ id, name, email, orgRole }) => ({
          entity: 'USER' as const,
          entityId: id,
          action: 'CREATED' as const,
          changes: changesBetween({}, { name, email, orgRole }),
        })),
      );
      this.made.people = missing.length;
    });
  }

  private async teams(): Promise<void> {
    const owner = await this.peopleOf.actor('demo');
    const teamService = this.app.get(TeamService);
    const professions = new Map((await teamService.professions(owner)).map(({ key, id }) => [key, id]));
    for (const { name, description, members } of TEAMS) {
      let team = (await teamService.teams(owner)).find((found) => found.name === name);
      if (!team) {
        team = await teamService.createTeam(owner, name, description);
        this.made.teams += 1;
      }
      for (const { person, profession, teamRole, allocation } of members) {
        const [userId, roleId] = [await this.peopleOf.idOf(person), professions.get(profession)];
        if (!roleId) throw new Error(`there is no profession ${profession}`);
        const held = await row(this.database.direct, 'SELECT id FROM membership WHERE team_id = $1 AND user_id = $2 AND role_id = $3', [
          team.id,
          userId,
          roleId,
        ]);
        if (!held) await this.app.get(MembershipService).add(owner, { teamId: team.id, userId, roleId, teamRole, allocation });
      }
    }
  }

  /** Days on which people are away soon: capacity and forecasts tell of them. */
  private async timeOff(): Promise<void> {
    const owner = await this.peopleOf.actor('demo');
    const today = dayAt(this.now, 'UTC');
    const known = new Set((await rows<{ id: string }>(this.database.direct, 'SELECT user_id AS id FROM time_off')).map(({ id }) => id));
    for (const { person, from, to } of TIME_OFF) {
      const userId = await this.peopleOf.idOf(person);
      if (known.has(userId)) continue;
      await this.app.get(TimeOffService).add(owner, { userId, fromDate: shiftedDay(today, from), toDate: shiftedDay(today, to) });
    }
  }

  private async project(seed: SeedProject): Promise<void> {
    const lead = await this.peopleOf.actor(seed.lead);
    const projects = this.app.get(ProjectService);
    const found = await projects.project(lead, null, seed.key);
    // Nothing is written into what was archived, and what somebody restored stays so.
    if (found && found.state !== 'ACTIVE') return;
    const project = found ?? (await this.newProject(lead, seed));
    const labels = new Map(
      (await rows<{ id: string; name: string }>(this.database.direct, 'SELECT id, name FROM label WHERE project_id = $1', [project.id])).map(({ id, name }) => [
        name,
        id,
      ]),
    );
    for (const [name, color] of seed.labels) {
      if (!labels.has(name)) labels.set(name, (await this.app.get(LabelService).createLabel(lead, project.id, name, color)).id);
    }
    const telling = new Telling(this.app, project.id, this.now);
    await telling.note(whenOf(seed, this.now, storyOf(seed.tickets)[0]!.days));
    await this.tell(seed, project.id, labels, telling, found === null);
    if (seed.archivedDays !== undefined && !found) {
      await this.app.get(ProjectStateService).archive(lead, project.id, project.version);
      await telling.note(daysBefore(this.now, seed.archivedDays));
    }
    // A seeding that was interrupted has not kept what happened when.
    if (found) return;
    await telling.end();
    if (seed.rules) await makeRules(this.app, lead, project.id, await this.columnsOf(project.id), seed.rules);
  }

  /** Of its first board, from the left. */
  private columnsOf(projectId: string): Promise<Column[]> {
    return rows<Column>(
      this.database.direct,
      'SELECT c.id, c.board_id AS "boardId", c.version FROM board_column c JOIN board b ON b.id = c.board_id WHERE b.id = (SELECT id FROM board WHERE project_id = $1 ORDER BY created_at, id LIMIT 1) ORDER BY c.rank',
      [projectId],
    );
  }

  private async newProject(lead: Actor, seed: SeedProject): Promise<ProjectType> {
    const team = await row<{ id: string }>(this.database.direct, 'SELECT id FROM team WHERE name = $1 AND deleted_at IS NULL', [seed.team]);
    if (!team) throw new Error(`there is no team ${seed.team}`);
    const { key, name, description, visibility, kind: boardKind } = seed;
    const project = await this.app
      .get(BoardService)
      .createProject(lead, { key, name, description, visibility, timeZone: seed.timeZone, teamId: team.id, boardKind });
    this.made.projects += 1;
    if (!seed.calendar) return project;
    const calendar = (await this.app.get(CalendarReader).calendars(lead)).find((one) => one.key === seed.calendar);
    return this.app.get(ProjectService).updateProject(lead, project.id, project.version, { calendarId: calendar?.id });
  }

  /** What happened to the tickets of a project, each thing by whoever did it. What is there already is left as it is. */
  private async tell(seed: SeedProject, projectId: string, labels: ReadonlyMap<string, string>, telling: Telling, isNew: boolean): Promise<void> {
    const story = storyOf(seed.tickets);
    const columns = await this.columnsOf(projectId);
    const there = new Set(
      (await rows<{ title: string }>(this.database.direct, 'SELECT title FROM ticket WHERE project_id = $1', [projectId])).map(({ title }) => title),
    );
    const runs = Map.groupBy(EXAMPLE_RUNS, (run) => (run.grid ? run.ticket : run));
    const examples = new Examples(this.app, this.now);
    // One that was interrupted has what sprints it has.
    const sprints = seed.sprints && isNew ? await this.sprintsOf(seed, columns) : null;
    const told = { now: this.now, projectId, lead: seed.lead, columns, labels, sprints, people: this.peopleOf, counts: this.made };
    const tickets = new TicketStory(this.app, told);
    const acts = [
      ...(sprints ? this.sprintActs(seed.sprints ?? [], sprints, tickets) : []),
      ...(isNew ? this.releaseActs(seed, projectId) : []),
      ...story.filter(({ ticket }) => !there.has(ticket.title)).map((event) => ({ days: event.days, do: () => tickets.act(event) })),
      ...[...runs.values()]
        .filter(([run]) => story.some(({ ticket }) => ticket.title === run!.ticket && !there.has(ticket.title)))
        .map((together) => ({
          days: together[0]!.days,
          do: async () => {
            const [{ by, ticket, dataset }] = together as [ExampleRun];
            const { id } = tickets.made.get(ticket) ?? {};
            const data = await row<{ id: string }>(this.database.direct, 'SELECT id FROM dataset WHERE name = $1', [dataset]);
            if (!id || !data) throw new Error(`an example has no ticket or no data: ${ticket}`);
            this.made.runs += together.length;
            return examples.tell(await this.peopleOf.actor(by), id, together, data.id);
          },
        })),
    ].toSorted((a, b) => b.days - a.days);
    for (const act of acts) await telling.note(whenOf(seed, this.now, act.days), (await act.do()) ?? []);
    this.made.sprints += sprints?.count ?? 0;
  }

  private sprintActs(seeds: readonly SeedSprint[], sprints: SprintStory, { made }: TicketStory): { days: number; do: () => Promise<void> }[] {
    const looks = seeds.flatMap(({ end, retro }, i) => {
      if (end === undefined || !retro) return [];
      const tell = async (): Promise<void> => {
        const said = retro.notes.map(async ([by, kind, body, votes]) => ({
          ...{ by: await this.peopleOf.actor(by), kind, body },
          votes: await Promise.all(votes.map((voter) => this.peopleOf.actor(voter))),
        }));
        await sprints.lookBack(i, await Promise.all(said), made.get(retro.ticket)?.id ?? null);
      };
      return [{ days: end - LOOK_BACK_AFTER, do: tell }];
    });
    return [...sprints.actsOf(seeds), ...looks];
  }

  private releaseActs(seed: SeedProject, projectId: string): { days: number; do: () => Promise<void> }[] {
    const service = this.app.get(ReleaseService);
    const dayOf = (days: number): string =>
      days < 0 ? shiftedDay(dayAt(this.now, seed.timeZone ?? 'UTC'), -days) : dayAt(whenOf(seed, this.now, days), seed.timeZone ?? 'UTC');
    return (seed.releases ?? []).flatMap(({ name, description, made, planned, released }) => {
      let release: ReleaseType | undefined;
      const make = async (): Promise<void> => {
        release = await service.create(await this.peopleOf.actor(seed.lead), { projectId, name, description, plannedOn: dayOf(planned) });
      };
      const giveOut = async (): Promise<void> => {
        const { id, version } = release!;
        await service.update(await this.peopleOf.actor(seed.lead), id, version, { releasedOn: dayOf(released!) });
      };
      return [{ days: made, do: make }, ...(released === undefined ? [] : [{ days: released, do: giveOut }])];
    });
  }

  /** Where there are sprints, the first column of the board is the backlog's, which needs none. */
  private async sprintsOf(seed: SeedProject, [first]: readonly Column[]): Promise<SprintStory> {
    const lead = await this.peopleOf.actor(seed.lead);
    if (!first) throw new Error(`${seed.key} has no column`);
    await this.app.get(ColumnService).deleteColumn(lead, first.id, first.version);
    return new SprintStory(this.app, this.now, lead, first.boardId);
  }

  private async datasets(): Promise<void> {
    const owner = await this.peopleOf.actor('demo');
    for (const { name, synthetic, samples, seed } of DATASETS) {
      if (await row(this.database.direct, 'SELECT id FROM dataset WHERE name = $1', [name])) continue;
      await this.app.get(DatasetService).create(owner, { name, kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic, samples, seed });
      this.made.datasets += 1;
    }
  }
}
