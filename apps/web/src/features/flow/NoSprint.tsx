import { IconRun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useReport } from './report-context.ts';

/** No sprint has begun: there is nothing to look back at. */
export function NoSprint() {
  const { t } = useTranslation('flow');
  const { project } = useReport();
  return (
    <EmptyState
      icon={<IconRun />}
      title={t('noSprint.title')}
      text={t('noSprint.text')}
      action={
        <Link to="/projects/$projectKey/backlog" params={{ projectKey: project.key }}>
          {t('noSprint.toBacklog')}
        </Link>
      }
    />
  );
}
