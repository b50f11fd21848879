import { Link } from '@tanstack/react-router';
import { daysLeft } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { isOverdue, projectDay } from '../sprint/sprint-days.ts';
import { Asked } from './Asked.tsx';
import classes from './Block.module.css';
import { HomeSprintsDocument, type HomeSprintsQuery } from './blocks.generated.ts';

type Project = HomeSprintsQuery['projects'][number];

/** Sprints that run: how far they are, how long they have, and how their scope changed. Those that end first come first. */
export function RunningSprints() {
  const { t } = useTranslation('home');
  return (
    <Asked document={HomeSprintsDocument} variables={{}} lines={3}>
      {({ projects }) => {
        const running = projects
          .flatMap((project) => project.sprints.map((sprint) => ({ project, sprint })))
          .toSorted((a, b) => a.sprint.endsOn.localeCompare(b.sprint.endsOn));
        if (running.length === 0) return <p className={classes.empty}>{t('sprints.empty')}</p>;
        return (
          <ul className={classes.list}>
            {running.map(({ project, sprint }) => (
              <RunningSprint key={sprint.id} project={project} sprint={sprint} />
            ))}
          </ul>
        );
      }}
    </Asked>
  );
}

function RunningSprint({ project, sprint }: { project: Project; sprint: Project['sprints'][number] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { totals } = sprint;
  const today = projectDay(project.timeZone);
  const left = daysLeft(sprint.endsOn, today);
  const isLate = isOverdue({ ...sprint, state: 'RUNNING' }, today);
  // Tickets say what changed where nobody estimates.
  const inPoints = totals.committedPoints > 0 || totals.points > 0;
  const change = inPoints ? totals.points - totals.committedPoints : totals.tickets - totals.committed;
  const shown = `${change > 0 ? '+' : '−'}${format.number(Math.abs(change))}`;
  const params = { projectKey: project.key, sprintId: sprint.id };
  return (
    <li className={classes.row} data-wraps>
      <Link to="/projects/$projectKey/sprints/$sprintId" params={params} className={classes.main} title={sprint.name}>
        <span className={classes.key}>{project.key}</span> {sprint.name}
      </Link>
      <span className={classes.aside} data-tone={isLate ? 'bad' : undefined}>
        {isLate ? t('sprints.overdue', { count: 1 - left }) : t('sprints.left', { count: left })}
      </span>
      <span className={classes.aside}>
        {inPoints
          ? t('sprints.points', { count: totals.points, done: format.number(totals.donePoints), all: format.number(totals.points) })
          : t('sprints.tickets', { done: format.number(totals.done), all: format.number(totals.tickets) })}
      </span>
      <Link
        to="/projects/$projectKey/reports/$report"
        params={{ projectKey: project.key, report: 'sprint' }}
        search={{ sprint: sprint.id }}
        className={classes.aside}
      >
        {change === 0 ? t('sprints.sameScope') : t(inPoints ? 'sprints.scopePoints' : 'sprints.scopeTickets', { count: Math.abs(change), change: shown })}
      </Link>
      <Link to="/projects/$projectKey/sprints/$sprintId/daily" params={params} className={classes.aside}>
        {t('sprints.daily')}
      </Link>
    </li>
  );
}
