import type { SprintDailyQuery } from './daily.generated.ts';

export type DayTicketData = NonNullable<SprintDailyQuery['sprintDay']>['tickets'][number];

export interface DayPerson {
  /** Null: nobody. */
  id: string | null;
  name: string | null;
  /** What is worked on, is blocked, or something happened to. */
  tickets: DayTicketData[];
  /** What lies there as it lay before. */
  quiet: DayTicketData[];
}

/** A morning talks of what moves: the people by name, nobody last. */
export function peopleOf(tickets: readonly DayTicketData[]): DayPerson[] {
  return [...Map.groupBy(tickets, ({ assigneeId }) => assigneeId)]
    .map(([id, of]): DayPerson => {
      const [told, quiet] = [of.filter(isTold), of.filter((ticket) => !isTold(ticket))];
      return { id, name: of[0]?.assigneeName ?? null, tickets: told.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]), quiet };
    })
    .sort((a, b) => Number(a.id === null) - Number(b.id === null) || (a.name ?? '').localeCompare(b.name ?? ''));
}

const ORDER = { IN_PROGRESS: 0, OPEN: 1, DONE: 2 } as const;

const isTold = ({ state, moves, blockers, runs }: DayTicketData): boolean =>
  state === 'IN_PROGRESS' || moves.length > 0 || runs.length > 0 || (state === 'OPEN' && blockers.length > 0);
