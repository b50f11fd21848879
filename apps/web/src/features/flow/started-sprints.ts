interface Sprint {
  state: string;
  startedAt: string | null;
}

/** Those that reports tell of: what runs comes first, then what ended, the last one first. */
export function startedSprints<Of extends Sprint>(sprints: readonly Of[]): Of[] {
  const rank = ({ state }: Sprint): number => (state === 'RUNNING' ? 0 : 1);
  return sprints
    .filter(({ state }) => state !== 'PLANNED')
    .toSorted((a, b) => rank(a) - rank(b) || Date.parse(b.startedAt ?? '') - Date.parse(a.startedAt ?? '') || 0);
}

/** The sprint that an address names; where it names none that there is, the first of those that have begun. */
export const chosenSprint = <Of extends Sprint & { id: string }>(sprints: readonly Of[], id: string | undefined): Of | undefined =>
  sprints.find((sprint) => sprint.id === id) ?? startedSprints(sprints)[0];

/** Whether a sprint ran at the moment that a report is of: it may have ended since. */
export const isRunningAt = ({ closedAt }: { closedAt: string | null }, asOf: string | undefined): boolean =>
  closedAt === null || (asOf !== undefined && Date.parse(asOf) < Date.parse(closedAt));
