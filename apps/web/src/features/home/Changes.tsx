import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useHistoryWords } from '../activity/useHistoryWords.ts';
import { timeZone } from '../lists/export-address.ts';
import { Moment } from '../shell/Moment.tsx';
import { Asked } from './Asked.tsx';
import classes from './Block.module.css';
import { HomeChangesDocument, type HomeChangesQuery } from './blocks.generated.ts';
import { CountLink } from './CountLink.tsx';

/** What happened since yesterday: numbers, and the log in words. @param project none: all that one may read */
export function Changes({ project }: { project?: { id: string; key: string } }) {
  const { t } = useTranslation('home');
  return (
    <Asked document={HomeChangesDocument} variables={{ projectId: project?.id ?? null, timeZone: timeZone() }} lines={5}>
      {({ sinceYesterday: { numbers, changes } }) => (
        <>
          <dl className={classes.figures}>
            {numbers.map((number) => (
              <div key={number.name} className={classes.figure} data-quiet={number.count === 0 || undefined}>
                <dt>{t(`day.${number.name as 'CREATED'}`)}</dt>
                <dd>
                  <CountLink number={number} projectKey={project?.key} />
                </dd>
              </div>
            ))}
          </dl>
          {changes.length === 0 ? <p className={classes.empty}>{t('changes.empty')}</p> : <Steps changes={changes} />}
        </>
      )}
    </Asked>
  );
}

const FEW = 12;
type Change = HomeChangesQuery['sinceYesterday']['changes'][number];

function Steps({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation('activity');
  const words = useHistoryWords();
  return (
    <ul className={classes.list}>
      {together(changes, words)
        .slice(0, FEW)
        .map(({ key, said, change: { activity, ticketKey, ticketTitle } }) => (
          <li key={key} className={classes.row}>
            <span className={classes.main} title={ticketTitle}>
              <Link to="/tickets/$ticketKey" params={{ ticketKey }}>
                <span className={classes.key}>{ticketKey}</span> {ticketTitle}
              </Link>
              {' · '}
              <span className={classes.key}>
                {activity.actor?.name ?? t('system')} {said.join(', ')}
              </span>
            </span>
            <Moment at={activity.at} className={classes.aside} />
          </li>
        ))}
    </ul>
  );
}

/** What one person did to one ticket in a row is one line, in the order in which they did it. */
function together(changes: readonly Change[], words: (step: Change['activity']) => string[]): { key: string; change: Change; said: string[] }[] {
  const lines: { key: string; change: Change; said: string[] }[] = [];
  for (const change of changes) {
    const said = words(change.activity);
    if (said.length === 0) continue;
    const last = lines.at(-1);
    const isSame = last?.change.ticketKey === change.ticketKey && last.change.activity.actor?.id === change.activity.actor?.id;
    if (last && isSame) last.said.unshift(...said);
    else lines.push({ key: `${change.activity.scope} ${change.activity.seq}`, change, said });
  }
  return lines;
}
