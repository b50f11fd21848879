import { TICKET_COUNTS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { StandingFragment } from './blocks.generated.ts';
import { CountLink } from './CountLink.tsx';
import classes from './Progress.module.css';

const PARTS = [
  ['done', TICKET_COUNTS.DONE],
  ['inProgress', TICKET_COUNTS.IN_PROGRESS],
  ['open', TICKET_COUNTS.OPEN],
] as const;

/** How far the tickets of a project are: a bar, and each part as a number that leads to them. */
export function Progress({ progress, projectKey }: { progress: StandingFragment['progress']; projectKey: string }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const total = progress.open + progress.inProgress + progress.done;
  if (total === 0) return <span className={classes.none}>{t('progress.none')}</span>;
  return (
    <span className={classes.root}>
      <span className={classes.bar} aria-hidden="true">
        {PARTS.map(([name]) => (
          <span key={name} data-part={name} style={{ flexGrow: progress[name] }} />
        ))}
      </span>
      <span className={classes.numbers}>
        {PARTS.map(([name, query]) => (
          <span key={name} className={classes.part}>
            <span className={classes.dot} data-part={name} aria-hidden="true" />
            <CountLink number={{ count: progress[name], list: 'TICKETS', query }} projectKey={projectKey}>
              {t(`progress.${name}`, { count: progress[name], shown: format.number(progress[name]) })}
            </CountLink>
          </span>
        ))}
      </span>
    </span>
  );
}
