import { releaseDay, releaseStanding } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import type { ReleaseHeadFragment } from '../sprints.generated.ts';
import { DAY_WIDTH, xOf, type Scale } from '../timeline/timeline-scale.ts';
import { releaseWords } from './release-words.ts';
import { ReleaseMark } from './ReleaseMark.tsx';
import classes from './Releases.module.css';

export interface ReleaseMarksProps {
  releases: readonly ReleaseHeadFragment[];
  scale: Scale;
  /** Of the project. */
  today: string;
}

/** So far from each other marks stand, so that each can be pressed. */
const APART = 18;

/** Where each is marked, with the room that its name has; those of one day stand beside each other. */
export function marksOf(releases: readonly ReleaseHeadFragment[], scale: Scale): { release: ReleaseHeadFragment; day: number; x: number; room: number }[] {
  const marks = releases
    .map((release) => ({ release, day: xOf(scale, releaseDay(release)) + DAY_WIDTH[scale.zoom] / 2 }))
    .toSorted((a, b) => a.day - b.day || (a.release.name < b.release.name ? -1 : 1));
  const xs: number[] = [];
  for (const { day } of marks) xs.push(Math.max(day, (xs.at(-1) ?? -Infinity) + APART));
  return marks.map((mark, i) => ({ ...mark, x: xs[i]!, room: (xs[i + 1] ?? Infinity) - xs[i]! - APART }));
}

/** The marks of releases with their names, in the head of a timeline. */
export function ReleaseMarks({ releases, scale, today, onOpen }: ReleaseMarksProps & { onOpen: (id: string) => void }) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  return marksOf(releases, scale).map(({ release, x, room }) => {
    const standing = releaseStanding(release, today);
    const said = `${release.name}: ${releaseWords(t, format, release, today)}`;
    return (
      <button
        key={release.id}
        type="button"
        className={classes.onLine}
        style={{ left: x }}
        data-standing={standing}
        aria-label={said}
        title={said}
        onClick={() => onOpen(release.id)}
      >
        <ReleaseMark standing={standing} />
        {room > APART && <span style={{ maxWidth: Math.min(240, room) }}>{release.name}</span>}
      </button>
    );
  });
}

/** A line down from each. */
export function ReleaseLines({ releases, scale, today }: ReleaseMarksProps) {
  return marksOf(releases, scale).map(({ release, day }) => (
    <div key={release.id} className={classes.down} style={{ left: day - 1 }} data-standing={releaseStanding(release, today)} />
  ));
}
