import { useTranslation } from 'react-i18next';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';
import { OF_PAST } from './reports.ts';
import { useZoneMoment } from './useZoneMoment.ts';

/** On paper: of what project and of which moment it is. On the screen the field above says so. */
export function AsOfLine() {
  const { t } = useTranslation('flow');
  const { project, report, search } = useReport();
  const moment = useZoneMoment(project.timeZone);
  return (
    <p className={classes.printed}>
      {t('printed', {
        project: project.name,
        moment: moment(OF_PAST.has(report) ? (search.asOf ?? new Date().toISOString()) : new Date().toISOString()),
      })}
    </p>
  );
}
