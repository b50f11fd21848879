import { dayAt, isTimeZone } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useZoneClock } from '../../i18n/useZoneClock.ts';
import { timeZone as ownZone } from '../lists/export-address.ts';
import { useNow } from '../shell/useNow.ts';
import classes from './ProjectFrame.module.css';

/** Says which day it is in the project, where that is another one than where the reader is. */
export function ProjectToday({ timeZone }: { timeZone: string }) {
  const { t } = useTranslation('shell');
  const clock = useZoneClock();
  const now = useNow(30_000);
  const at = new Date(now);
  // Of a browser with an older table of zones nothing is asked that it does not know.
  if (!isTimeZone(timeZone) || dayAt(at, timeZone) === dayAt(at, ownZone())) return null;
  return <span className={classes.today}>{t('projectToday', { day: clock.day(now, timeZone) })}</span>;
}
