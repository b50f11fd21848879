import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import type { ProjectMarksProps } from '../shell/rooms.ts';
import { HEALTH_LOOKS } from './health-looks.ts';
import { ProjectLevelsDocument } from './home.generated.ts';
import classes from './ProjectMarks.module.css';

/** All tickets of these projects are counted for it: seldom enough to cost nothing, often enough to be believed. */
const EVERY_MS = 60_000;

/** How each of these projects does. One that has not begun has no mark. */
export function ProjectMarks({ ids, children }: ProjectMarksProps) {
  const { t } = useTranslation('shell');
  const { data, previousData } = useQuery(ProjectLevelsDocument, {
    variables: { ids: [...ids] },
    skip: ids.length === 0,
    pollInterval: EVERY_MS,
  });
  const levels = new Map((data ?? previousData)?.projects.map(({ id, health }) => [id, health.level]));
  return children((projectId) => {
    const level = levels.get(projectId);
    if (!level || level === 'UNKNOWN') return null;
    const { icon: Symbol, tone } = HEALTH_LOOKS[level];
    const words = t(`nav.health.${level}`);
    return (
      <span className={classes.mark} data-tone={tone} role="img" aria-label={words} title={words}>
        <Symbol size={12} stroke={2.25} aria-hidden="true" />
      </span>
    );
  });
}
