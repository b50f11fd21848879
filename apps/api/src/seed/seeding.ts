import type { Actor } from '@trainyard/domain';
import { changesBetween, dayAt, DEFAULT_PARAMETERS, normalForm, shiftedDay } from '@trainyard/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessService } from '../access/access.service.ts';
import { AccountService } from '../access/account.service.ts';
import { hashPassword } from '../access/password.ts';
import { DEMO } from '../access/viewer.service.ts';
import { AttachmentService } from '../subject/attachment.service.ts';
import { CommentService } from '../subject/comment.service.ts';
import { LabelService } from '../project/label.service.ts';
import { BoardService } from '../board/board.service.ts';
import { ProjectStateService } from '../project/project-state.service.ts';
import type { ProjectType } from '../project/project.types.ts';
import { ProjectService } from '../project/project.service.ts';
import { CardService } from '../board/card.service.ts';
import { MoveService } from '../board/move.service.ts';
import { ProgressService } from '../board/progress.service.ts';
import { DatasetService } from '../dataset/dataset.service.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { MembershipService } from '../staffing/membership.service.ts';
import { TeamService } from '../staffing/team.service.ts';
import { TicketLinksService } from '../ticket/ticket-links.service.ts';
import { TICKET_SUBJECT } from '../ticket/ticket.writes.ts';
import { TicketService } from '../ticket/ticket.service.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { RunService } from '../training/run.service.ts';
import { EXAMPLE_RUNS, type ExampleRun } from './example-runs.ts';
import { Examples } from './examples.ts';
import { daysBefore, storyOf, type Event } from './story.ts';
import { Telling } from './past.ts';
import { PLANS } from './plans.ts';
import { DATASETS, FIRST_RUN, ORGANISATION, PEOPLE, PROJECTS, TEAMS, type SeedProject } from './workspace.ts';

/** What the seeding made (not what it found). */
export interface Made {
  people: number;
  teams: number;
  projects: number;
  tickets: number;
  comments: number;
  files: number;
  datasets: number;
  runs: number;
}
const DATASET_POLL_MS = 200;
const columnAt = (columns: readonly { id: string }[], place: number): string => {
  const column = columns[place];
  if (!column) throw new Error(`there is no column ${place}`);
  return column.id;
};
const emailOf = (key: string): string => (key === 'demo' ? DEMO.email : `${key}@trainyard.local`);

/**
 * Makes the demonstration workspace by the services people use, so that it has rights, numbers and a history like any other.
 * Each step looks whether its thing is there: a seeding that was interrupted goes on, a second one changes nothing.
 */
export class Seeding {
  private readonly made: Made = { people: 0, teams: 0, projects: 0, tickets: 0, comments: 0, files: 0, datasets: 0, runs: 0 };
  private readonly database: Database;

  /** @param now the moment that everything of the demonstration is told from */
  constructor(
    private readonly app: INestApplicationContext,
    private readonly now = new Date(),
  ) {
    this.database = app.get(Database);
  }

  /** False when the database belongs to an organisation of its own: nothing is put among other people's work. */
  async mayBegin(): Promise<boolean> {
    const found = await row<{ name: string }>(this.database.direct, 'SELECT name FROM organisation');
    return found === null || found.name === ORGANISATION;
  }

  async workspace(): Promise<Made> {
    await this.people();
    await this.teams();
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
        await this.app
          .get(RunService)
          .queue(await this.actor(FIRST_RUN.by), { ticketId: ticket.id, template: 'MLP_784_128_10', datasetId: dataset.id, engine: 'AUTO', parameters });
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
    const owner = await this.actor('demo');
    const teamService = this.app.get(TeamService);
    const professions = new Map((await teamService.professions(owner)).map(({ key, id }) => [key, id]));
    for (const { name, description, members } of TEAMS) {
      let team = (await teamService.teams(owner)).find((found) => found.name === name);
      if (!team) {
        team = await teamService.createTeam(owner, name, description);
        this.made.teams += 1;
      }
      for (const { person, profession, teamRole, allocation } of members) {
        const [userId, roleId] = [await this.idOf(person), professions.get(profession)];
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

  private async project(seed: SeedProject): Promise<void> {
    const lead = await this.actor(seed.lead);
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
    const story = storyOf(seed.tickets);
    await telling.note(daysBefore(this.now, story[0]!.days));
    await this.tell(seed, project.id, labels, story, telling);
    if (seed.archivedDays !== undefined && !found) {
      await this.app.get(ProjectStateService).archive(lead, project.id, project.version);
      await telling.note(daysBefore(this.now, seed.archivedDays));
    }
    // A seeding that was interrupted has not kept what happened when.
    if (!found) await telling.end();
  }

  private async newProject(lead: Actor, seed: SeedProject): Promise<ProjectType> {
    const team = await row<{ id: string }>(this.database.direct, 'SELECT id FROM team WHERE name = $1 AND deleted_at IS NULL', [seed.team]);
    if (!team) throw new Error(`there is no team ${seed.team}`);
    const { key, name, description, visibility, kind: boardKind } = seed;
    const project = await this.app.get(BoardService).createProject(lead, { key, name, description, visibility, teamId: team.id, boardKind });
    this.made.projects += 1;
    return project;
  }

  /** What happened to the tickets of a project, each thing by whoever did it. What is there already is left as it is. */
  private async tell(seed: SeedProject, projectId: string, labels: ReadonlyMap<string, string>, story: readonly Event[], telling: Telling): Promise<void> {
    const columns = await rows<{ id: string }>(
      this.database.direct,
      'SELECT c.id FROM board_column c JOIN board b ON b.id = c.board_id WHERE b.id = (SELECT id FROM board WHERE project_id = $1 ORDER BY created_at, id LIMIT 1) ORDER BY c.rank',
      [projectId],
    );
    const there = new Set(
      (await rows<{ title: string }>(this.database.direct, 'SELECT title FROM ticket WHERE project_id = $1', [projectId])).map(({ title }) => title),
    );
    const made = new Map<string, TicketType>();
    const runs = Map.groupBy(EXAMPLE_RUNS, (run) => (run.grid ? run.ticket : run));
    const examples = new Examples(this.app, this.now);
    const acts = [
      ...story.filter(({ ticket }) => !there.has(ticket.title)).map((event) => ({ days: event.days, do: () => this.act(seed, event, columns, labels, made) })),
      ...[...runs.values()]
        .filter(([run]) => story.some(({ ticket }) => ticket.title === run!.ticket && !there.has(ticket.title)))
        .map((together) => ({
          days: together[0]!.days,
          do: async () => {
            const [{ by, ticket, dataset }] = together as [ExampleRun];
            const { id } = made.get(ticket) ?? {};
            const data = await row<{ id: string }>(this.database.direct, 'SELECT id FROM dataset WHERE name = $1', [dataset]);
            if (!id || !data) throw new Error(`an example has no ticket or no data: ${ticket}`);
            this.made.runs += together.length;
            return examples.tell(await this.actor(by), id, together, data.id);
          },
        })),
    ].toSorted((a, b) => b.days - a.days);
    for (const act of acts) await telling.note(daysBefore(this.now, act.days), (await act.do()) ?? []);
  }

  private async act(
    seed: SeedProject,
    { ticket, act }: Event,
    columns: readonly { id: string }[],
    labels: ReadonlyMap<string, string>,
    made: Map<string, TicketType>,
  ): Promise<void> {
    const worker = await this.actor(ticket.assignee ?? seed.lead);
    if (act.kind === 'CREATE') {
      const plan = PLANS[ticket.title] ?? {};
      const dayIn = (days: number | undefined): string | null => (days === undefined ? null : shiftedDay(dayAt(this.now, 'UTC'), days));
      const created = await this.app.get(CardService).createTicket(await this.actor(ticket.by ?? ticket.assignee ?? seed.lead), {
        columnId: columnAt(columns, act.column),
        title: ticket.title,
        type: ticket.type,
        stage: ticket.stage ?? null,
        description: ticket.description ?? '',
        points: ticket.points ?? null,
        priority: plan.priority ?? null,
        deviceHours: plan.hours ?? null,
        startDate: dayIn(plan.start),
        dueDate: dayIn(plan.due),
        parentId: plan.parent === undefined ? null : (made.get(plan.parent)?.id ?? null),
        assigneeId: ticket.assignee && !ticket.given ? await this.idOf(ticket.assignee) : null,
        labelIds: (ticket.labels ?? []).flatMap((name) => labels.get(name) ?? []),
      });
      made.set(ticket.title, created);
      this.made.tickets += 1;
      return;
    }
    const { id, version } = made.get(ticket.title) ?? {};
    if (!id || !version) throw new Error(`${ticket.title} is not there yet`);
    switch (act.kind) {
      case 'MOVE':
        await this.app.get(MoveService).moveTicket(worker, id, columnAt(columns, act.column), { afterId: null }, null);
        return;
      case 'GIVE':
        await this.app.get(TicketService).updateTicket(await this.actor(act.by), id, version, { assigneeId: await this.idOf(ticket.assignee!) });
        return;
      case 'BLOCK': {
        const other = made.get(act.by);
        // one that was there before is left as it is
        if (other) await this.app.get(TicketLinksService).link(worker, id, 'BLOCKED_BY', other.id);
        return;
      }
      case 'COMMENT':
        await this.app.get(CommentService).addComment(await this.actor(act.by), { kind: TICKET_SUBJECT, id }, act.body);
        this.made.comments += 1;
        return;
      case 'ATTACH':
        for (const file of ticket.files ?? []) {
          const author = await this.actor(file.by);
          const sent = { id: file.id, name: file.name, bytes: Readable.from([file.bytes()]), senderNow: async () => author };
          await this.app.get(AttachmentService).addAttachment(author, { kind: TICKET_SUBJECT, id }, sent);
          this.made.files += 1;
        }
        return;
      case 'END':
        await this.app.get(ProgressService).setTicketState(await this.actor(seed.lead), id, 'DONE', ticket.ended!);
    }
  }

  private async datasets(): Promise<void> {
    const owner = await this.actor('demo');
    for (const { name, synthetic, samples, seed } of DATASETS) {
      if (await row(this.database.direct, 'SELECT id FROM dataset WHERE name = $1', [name])) continue;
      await this.app.get(DatasetService).create(owner, { name, kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic, samples, seed });
      this.made.datasets += 1;
    }
  }

  private readonly ids = new Map<string, string>();
  private async idOf(key: string): Promise<string> {
    const known = this.ids.get(key);
    if (known) return known;
    const found = await row<{ id: string }>(this.database.direct, 'SELECT id FROM app_user WHERE email = $1', [emailOf(key)]);
    if (!found) throw new Error(`there is no ${emailOf(key)}`);
    this.ids.set(key, found.id);
    return found.id;
  }

  /** A person of the workspace with the rights they have by now. */
  private async actor(key: string): Promise<Actor> {
    const actor = await this.app.get(AccessService).refresh({ userId: await this.idOf(key), orgRole: 'VIEWER', teams: {}, scopes: null }, null);
    if (!actor) throw new Error(`${emailOf(key)} is disabled`);
    // Whoever runs the seed has the machine; there is no session that could have been stolen.
    return { ...actor, proved: true };
  }
}
