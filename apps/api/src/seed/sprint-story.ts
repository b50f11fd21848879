import { dayAt, shiftedDay, type Actor, type RetroKind } from '@trainyard/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { CourseService } from '../sprint/course.service.ts';
import { RetroService } from '../sprint/retro.service.ts';
import { SprintService } from '../sprint/sprint.service.ts';
import type { SprintType } from '../sprint/sprint.types.ts';
import { workedAt } from './story-days.ts';
import type { SeedSprint } from './workspace.ts';

/** A sprint is made so many days before it starts, and lasts to the Friday of its second week. */
const [MADE_BEFORE, LASTS] = [3, 11];

/** The sprints of a project of the demonstration: made, started and completed by its lead, each with the next. */
export class SprintStory {
  private readonly made: SprintType[] = [];
  private readonly sprints: SprintService;
  private readonly course: CourseService;
  private readonly retros: RetroService;

  constructor(
    app: INestApplicationContext,
    private readonly now: Date,
    private readonly lead: Actor,
    private readonly boardId: string,
  ) {
    this.sprints = app.get(SprintService);
    this.course = app.get(CourseService);
    this.retros = app.get(RetroService);
  }

  get count(): number {
    return this.made.length;
  }

  actsOf(sprints: readonly SeedSprint[]): { days: number; do: () => Promise<void> }[] {
    return sprints.flatMap((sprint, i) => [
      { days: sprint.start + MADE_BEFORE, do: () => this.make(sprint) },
      { days: sprint.start, do: () => this.start(i) },
      ...(sprint.end === undefined ? [] : [{ days: sprint.end, do: () => this.complete(i) }]),
    ]);
  }

  /** What people say of one that ended, revealed at once. @param ticketId what came of it */
  async lookBack(i: number, said: readonly { by: Actor; kind: RetroKind; body: string; votes: readonly Actor[] }[], ticketId: string | null): Promise<void> {
    const sprintId = this.made[i]!.id;
    for (const { by, kind, body, votes } of said) {
      const { id } = await this.retros.addNote(by, { sprintId, kind, body });
      await this.retros.reveal(this.lead, sprintId);
      for (const voter of votes) await this.retros.vote(voter, id, true);
    }
    if (ticketId !== null) await this.retros.setAction(this.lead, sprintId, ticketId, true);
  }

  /** A ticket comes to the newest one. @returns false while there is none */
  async plan(actor: Actor, ticketId: string): Promise<boolean> {
    const newest = this.made.at(-1);
    if (newest) await this.course.plan(actor, [ticketId], newest.id);
    return newest !== undefined;
  }

  async leave(ticketId: string): Promise<void> {
    await this.course.plan(this.lead, [ticketId], null);
  }

  private async make({ name, goal, start }: SeedSprint): Promise<void> {
    const startsOn = dayAt(workedAt(this.now, start), 'UTC');
    this.made.push(await this.sprints.create(this.lead, { boardId: this.boardId, name, goal, startsOn, endsOn: shiftedDay(startsOn, LASTS) }));
  }

  private async start(i: number): Promise<void> {
    const { id, version } = this.made[i]!;
    await this.course.start(this.lead, id, version, 'JOIN');
  }

  private async complete(i: number): Promise<void> {
    await this.course.complete(this.lead, this.made[i]!.id, this.made[i + 1]?.id ?? null, false);
  }
}
