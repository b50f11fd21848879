import { bold, dim, green, red, say } from '../local/terminal.ts';

/** What became of one change to the code. */
export interface Outcome {
  part: 'DOMAIN' | 'TABLES' | 'FAULTS';
  kind: string;
  file: string;
  /** What is wrong with the code then, and where. */
  what: string;
  noticed: boolean;
  /** The spec that failed; null where none did, or where nobody asked which. */
  by: string | null;
}

export interface Score {
  name: string;
  tried: number;
  noticed: number;
}

/** How much of each group was noticed, the least first. */
export function scores(outcomes: readonly Outcome[], nameOf: (outcome: Outcome) => string): Score[] {
  return [...Map.groupBy(outcomes, nameOf)]
    .map(([name, of]) => ({ name, tried: of.length, noticed: of.filter(({ noticed }) => noticed).length }))
    .toSorted((a, b) => percent(a) - percent(b) || (a.name < b.name ? -1 : 1));
}

/** 100 only where nothing was missed. */
export const percent = ({ noticed, tried }: Pick<Score, 'noticed' | 'tried'>): number => (tried === 0 ? 100 : Math.floor((1000 * noticed) / tried) / 10);

export function printScores(title: string, found: readonly Score[], goal: number): void {
  if (found.length === 0) return;
  const width = Math.max(...found.map(({ name }) => name.length));
  say(`\n${bold(title)}`);
  for (const score of found) {
    const good = percent(score) >= goal;
    say(`  ${score.name.padEnd(width)}  ${(good ? green : red)(`${percent(score).toFixed(1).padStart(5)} %`)}  ${dim(`${score.noticed} of ${score.tried}`)}`);
  }
}
