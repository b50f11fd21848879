import { Injectable } from '@nestjs/common';
import { epicProgress, type Actor, type EpicProgress, type TicketSpan } from '@trainyard/domain';
import { Database, rows } from '../platform/sql/database.ts';
import type { EpicFlowType, ProjectEpicsType } from './forecast.types.ts';
import { SPAN_COLUMNS } from './flow.rows.ts';
import { ForecastReader } from './forecast.reader.ts';
import { KeptAnswers, pastOf, type AskedProject, type Made } from './kept-answers.ts';
import type { Ahead } from './resource.reader.ts';

interface Place {
  id: string;
  place: number;
}

/** Reads how far epics are, and when they are done if work goes on in the order of the backlog. */
@Injectable()
export class EpicReader {
  constructor(
    private readonly database: Database,
    private readonly kept: KeptAnswers,
    private readonly forecasts: ForecastReader,
  ) {}

  async epics(actor: Actor, projectId: string, { asOf, ...ahead }: Ahead & { asOf: Date | null }): Promise<ProjectEpicsType> {
    const project = await this.kept.project(actor, projectId);
    const past = pastOf(project, asOf);
    const found = await this.kept.answer(project, ['epics', past, ahead], () => this.made(project, past, ahead));
    return { ...found, asOf: past ?? project.now, behind: project.behind };
  }

  private async made({ projectId, now }: AskedProject, past: Date | null, ahead: Ahead): Promise<Made<Pick<ProjectEpicsType, 'forecast' | 'epics'>>> {
    const epics = epicProgress(await this.spansAt(projectId, past ?? now));
    // The order of the backlog is not known of another day.
    const places = past === null ? await this.lastPlaces(projectId, epics) : null;
    const numbers = places === null ? [] : [...new Set(places.values())];
    const forecast = numbers.length === 0 ? null : await this.forecasts.days(projectId, now, numbers, ahead);
    return {
      holds: forecast?.holds ?? true,
      answer: {
        forecast: forecast?.frame ?? null,
        epics: epics.map((epic) => epicOf(epic, places?.get(epic.epicId) ?? null, forecast?.days ?? null)),
      },
    };
  }

  /** What a moment's epics, and what has a parent, were. */
  private spansAt(projectId: string, at: Date): Promise<TicketSpan[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT ${SPAN_COLUMNS} FROM ticket_span s
        WHERE s.project_id = $1 AND s.from_at <= $2 AND s.to_at > $2 AND NOT s.deleted AND (s.parent_id IS NOT NULL OR s.kind = 'EPIC')
        ORDER BY s.from_at, s.ticket_id`,
      [projectId, at],
    );
  }

  /** How many tickets are done when the last of an epic is: what is in progress first, the rest in the order of the backlog. None of an epic that has nothing open. */
  private async lastPlaces(projectId: string, epics: readonly EpicProgress[]): Promise<Map<string, number>> {
    const found = await rows<Place>(
      this.database.direct,
      /* sql */ `SELECT q.id, q.place FROM (
          SELECT t.id, (row_number() OVER (ORDER BY t.state <> 'IN_PROGRESS', t.backlog_rank, t.id))::int AS place FROM ticket t
          WHERE t.project_id = $1 AND t.deleted_at IS NULL AND t.state <> 'DONE' AND t.type <> 'EPIC'
            AND NOT EXISTS (SELECT FROM ticket c WHERE c.parent_id = t.id AND c.deleted_at IS NULL)
        ) q WHERE q.id = ANY ($2::uuid[])`,
      [projectId, epics.flatMap(({ openIds }) => openIds)],
    );
    const places = new Map(found.map(({ id, place }) => [id, place]));
    return new Map(
      epics.flatMap(({ epicId, openIds }): [string, number][] => {
        const last = openIds.reduce((most, id) => Math.max(most, places.get(id) ?? 0), 0);
        return last > 0 ? [[epicId, last]] : [];
      }),
    );
  }
}

const epicOf = ({ epicId, ...progress }: EpicProgress, place: number | null, days: ReadonlyMap<number, (string | null)[]> | null): EpicFlowType => ({
  ...progress,
  ticketId: epicId,
  place,
  forecast: place === null ? null : (days?.get(place) ?? null),
});
