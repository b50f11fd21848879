interface Ageing {
  tickets: readonly { columnId: string | null; age: number }[];
  columns: readonly { columnId: string | null; ages: object | null }[];
}

/** The columns that something is said of, in the order of their boards; then those that are no more, and last no column at all. */
export function ageingColumns(boards: readonly { columns: readonly { id: string }[] }[], { tickets, columns }: Ageing): (string | null)[] {
  const said = new Set<string | null>([...tickets, ...columns.filter(({ ages }) => ages !== null)].map(({ columnId }) => columnId));
  const known = boards.flatMap((board) => board.columns.map(({ id }) => id)).filter((id) => said.has(id));
  const gone = [...said].filter((id) => id !== null && !known.includes(id));
  // nobody needs a column that is gone, where nothing lies in it
  const inUse = gone.filter((id) => tickets.some(({ columnId }) => columnId === id));
  return [...known, ...inUse, ...(tickets.some(({ columnId }) => columnId === null) ? [null] : [])];
}

/** Each ticket in its column, beside each other in the order in which they came. */
export function placeIn<Ticket extends Ageing['tickets'][number]>(
  columns: readonly (string | null)[],
  tickets: readonly Ticket[],
): { ticket: Ticket; x: number; y: number }[] {
  return columns.flatMap((id, i) => {
    const here = tickets.filter(({ columnId }) => columnId === id);
    return here.map((ticket, at) => ({ ticket, x: i + (at + 1) / (here.length + 1), y: ticket.age }));
  });
}
