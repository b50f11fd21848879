/** How one series of a chart looks: its own colour and its own dash, so that neither alone has to tell it apart. */
export interface SeriesLook {
  /** A CSS custom property that both colour schemes define. */
  color: string;
  /** Canvas and SVG dash lengths, CSS pixels; empty is a full line. */
  dash: readonly number[];
}

const COLORS = ['blue', 'orange', 'teal', 'grape', 'red', 'green', 'indigo', 'yellow'] as const;
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [10, 3, 2, 3], [14, 4], [4, 2, 1, 2], [1, 2], [8, 2, 2, 2, 2, 2]];

/** The look of the n-th series; after eight they repeat with the dashes shifted by one. */
export function seriesLook(index: number): SeriesLook {
  const round = Math.floor(index / COLORS.length);
  return {
    color: `--mantine-color-${COLORS[index % COLORS.length] ?? 'blue'}-text`,
    dash: DASHES[(index + round) % DASHES.length] ?? [],
  };
}
