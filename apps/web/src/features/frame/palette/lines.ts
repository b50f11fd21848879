import { FITS, fitOf, thingFoundBy, type Fit, type Typed } from '@trainyard/domain';
import type { Command, Entry, Thing, ThingLines } from '../../shell/palette-part.ts';

/** Lines under one heading; without one, all that fits what was typed. */
export interface Lines {
  group: 'recent' | Command['group'] | null;
  entries: readonly Entry[];
  /** So many are on their way. */
  awaited?: number;
}

const GROUPS = ['ticket', 'pages', 'commands'] as const satisfies Command['group'][];

export const lineOf = (thing: Thing, lines: ThingLines): Entry[] => {
  const line = lines[thing.kind]?.(thing);
  return line ? [line] : [];
};

/** Before anything is typed: what was opened lately, then what can be done here, and where one can go. */
export function unasked(recent: readonly Entry[], awaited: number, commands: readonly Command[]): Lines[] {
  const shown = commands.filter(({ quiet }) => !quiet);
  return [
    { group: 'recent' as const, entries: recent, awaited },
    ...GROUPS.map((group) => ({ group, entries: shown.filter((command) => command.group === group), awaited: 0 })),
  ].filter(({ entries, awaited: coming }) => entries.length > 0 || coming > 0);
}

/**
 * All that fits what was typed, the best first; of what fits alike, things before commands.
 * @param isAnswer the server found these things for exactly this text; else they are what it found before, and some may not fit
 */
export function fittingLines(
  typed: Typed,
  things: readonly Thing[],
  isAnswer: boolean,
  lines: ThingLines,
  commands: readonly Command[],
): { entry: Entry; fit: Fit }[] {
  const found = things.flatMap((thing) => {
    const fit = fitOf(typed, thingFoundBy(thing)) ?? (isAnswer ? 'WITHIN' : null);
    return fit === null ? [] : lineOf(thing, lines).map((entry) => ({ entry, fit }));
  });
  const known = GROUPS.flatMap((group) => commands.filter((command) => command.group === group)).flatMap((command) => {
    const fit = fitOf(typed, { title: command.label, key: command.hint ?? null, words: command.words ?? '' });
    return fit === null ? [] : [{ entry: command as Entry, fit }];
  });
  return [...found, ...known].toSorted((a, b) => FITS.indexOf(a.fit) - FITS.indexOf(b.fit));
}
