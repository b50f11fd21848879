import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { SprintActions, type SprintActionsProps } from '../SprintActions.tsx';
import type { KnownSprint } from '../known-sprint.ts';
import { daysText, isOverdue, leftText, pointsText } from '../sprint-days.ts';
import { SprintCapacity } from './SprintCapacity.tsx';
import classes from './Backlog.module.css';
import { BacklogSection, type BacklogSectionProps } from './BacklogSection.tsx';

export interface SprintSectionProps extends Omit<BacklogSectionProps, 'name' | 'count' | 'nothing' | 'head' | 'aside'> {
  projectId: string;
  /** Of the project. */
  today: string;
  sprint: KnownSprint;
  /** Null: the reader may not manage sprints. */
  actions: Pick<SprintActionsProps, 'boards' | 'open'> | null;
}

/** A sprint with what is in it. */
export function SprintSection({ projectId, today, sprint, actions, ...section }: SprintSectionProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const { totals } = sprint;
  return (
    <BacklogSection
      {...section}
      name={sprint.name}
      count={totals?.tickets ?? 0}
      aside={
        <>
          {daysText(t, format, sprint)}
          {totals && ` · ${pointsText(t, format, totals.points)}`}
          {totals && totals.unestimated > 0 && ` · ${t('backlog.unestimated', { number: format.number(totals.unestimated) })}`}
          {sprint.state === 'RUNNING' && (
            <span className={classes.left} data-overdue={isOverdue(sprint, today) || undefined}>
              {` · ${leftText(t, sprint, today)}`}
            </span>
          )}
        </>
      }
      head={
        <div className={classes.head}>
          <span className={classes.goal}>{sprint.goal}</span>
          {actions && <SprintActions sprint={sprint} projectId={projectId} today={today} {...actions} />}
          <SprintCapacity sprintId={sprint.id} name={sprint.name} />
        </div>
      }
      nothing={<p className={classes.empty}>{t('backlog.emptySprint')}</p>}
    />
  );
}
