import { randomUUID } from 'node:crypto';
import { FlowFeed } from '../src/flow/flow-feed.ts';
import { ANY_ACTIVITY } from '../src/platform/log/activity-log.ts';
import { LogReaders } from '../src/platform/log/log-reader.ts';
import { Wakeups } from '../src/platform/log/wakeups.ts';
import { row } from '../src/platform/sql/database.ts';
import { buildProject, memberOf, type BuiltProject } from './factories/board.ts';
import { buildTeam } from './factories/people.ts';
import { until } from './runs.ts';
import { TestTrainyard } from './trainyard.ts';

/** An entry of the log: when, of which ticket or sprint, and what it became. */
export type Told = [at: string, name: string, changes: Record<string, unknown>];

/** What a ticket becomes that is done. */
export const DONE = { state: 'DONE', resolution: 'DONE' };

/** What a forecast is asked. */
export const FORECAST = `query($p: ID!, $count: Int, $until: String, $presence: Float!, $absence: Boolean!, $away: [ID!]!, $runners: Int, $asOf: DateTime) {
  projectForecast(projectId: $p, count: $count, until: $until, presence: $presence, absence: $absence, away: $away, runners: $runners, asOf: $asOf) {
  people runTickets runHours isThinnedByRuns refusal tickets { p50 p85 p95 } days from to workingDays zeros completed trials isFreeDayIdle isThinnedByAbsence } }`;
export interface Forecast {
  refusal: string | null;
  tickets: { p50: number; p85: number } | null;
  days: (string | null)[] | null;
}
/** What is asked of a forecast that knows nobody and no machines. */
export const PLAIN = { presence: 1, absence: false, away: [] };

/** A private project in New York whose log is written as it was at other times, read by the reader that reports live by. One for each test. */
export class FlowStory {
  trainyard!: TestTrainyard;
  project!: BuiltProject;
  ada!: Awaited<ReturnType<typeof memberOf>>;
  private feed!: FlowFeed;
  private readonly ids = new Map<string, string>();
  private readonly made = new Set<string>();

  /** For the tests of a file. */
  static ofFile(): FlowStory {
    const story = new FlowStory();
    beforeAll(async () => {
      story.trainyard = await TestTrainyard.start();
      story.feed = new FlowFeed(story.trainyard.app.get(LogReaders));
      story.feed.onApplicationBootstrap();
    });
    beforeEach(async () => {
      story.project = await buildProject(story.trainyard, { visibility: 'PRIVATE', teamId: (await buildTeam(story.trainyard)).id });
      await story.trainyard.database.direct.query(`UPDATE project SET time_zone = 'America/New_York' WHERE id = $1`, [story.project.id]);
      story.ada = await memberOf(story.trainyard, story.project);
    });
    afterAll(async () => {
      await story.feed.beforeApplicationShutdown();
      await story.trainyard.stop();
    });
    return story;
  }

  /** The id of what a story calls so. */
  idOf(name: string): string {
    const key = `${this.project.id} ${name}`;
    const id = this.ids.get(key) ?? randomUUID();
    this.ids.set(key, id);
    return id;
  }

  /** Calls a ticket that is there by a name. */
  call(name: string, id: string): void {
    this.ids.set(`${this.project.id} ${name}`, id);
  }

  /** What a ticket of the sprint begins with. */
  planned(points: number): Record<string, unknown> {
    return { type: 'TASK', state: 'OPEN', points, sprintId: this.idOf('sprint') };
  }

  /** Writes the log as it was at other times, in their order, and waits until it is read. */
  async tell(entries: readonly Told[]): Promise<void> {
    await this.trainyard.database.transaction(async (tx) => {
      for (const [at, name, changes] of entries.toSorted((a, b) => Date.parse(a[0]) - Date.parse(b[0]))) {
        const isSprint = name.startsWith('sprint');
        const id = this.idOf(name);
        const isNew = !isSprint && !this.made.has(id);
        this.made.add(id);
        await tx.query(
          /* sql */ `WITH s AS (UPDATE activity_scope SET seq = seq + 1 WHERE id = $1 RETURNING seq)
            INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, at) SELECT $1, s.seq, $2, $3, $4, $5, $6, $7 FROM s`,
          [
            this.project.id,
            isSprint ? 'SPRINT' : 'TICKET',
            id,
            isSprint ? null : id,
            isNew ? 'CREATED' : 'UPDATED',
            JSON.stringify(Object.fromEntries(Object.entries(changes).map(([field, to]) => [field, { from: null, to }]))),
            at,
          ],
        );
      }
    });
    this.trainyard.app.get(Wakeups).wake(ANY_ACTIVITY);
    await this.read();
  }

  /** Waits until the log of the project is read, or that of another. */
  async read(projectId = this.project.id): Promise<void> {
    const { direct } = this.trainyard.database;
    await until(
      () =>
        row<{ behind: boolean }>(
          direct,
          `SELECT COALESCE(p.seq, -1) < s.seq AS behind FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = 'flow' WHERE s.id = $1`,
          [projectId],
        ),
      (seen) => seen?.behind === false,
    );
  }

  async buildSprint(name: string, startsOn: string, endsOn: string, state = 'CLOSED'): Promise<string> {
    const id = this.idOf(name);
    await this.trainyard.database.direct.query(
      /* sql */ `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at, closed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $5 <> 'PLANNED' THEN now() END, CASE $5 WHEN 'CLOSED' THEN now() END)`,
      [id, this.project.id, this.project.boardId, name, state, startsOn, endsOn],
    );
    return id;
  }

  async forecast(asked: object): Promise<Forecast> {
    return (await this.ada.client.ask<{ projectForecast: Forecast }>(FORECAST, { p: this.project.id, ...PLAIN, ...asked })).projectForecast;
  }
}
