import { IconRun } from '@tabler/icons-react';
import { EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../shell/LinkButton.tsx';
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
        <LinkButton to="/projects/$projectKey/backlog" params={{ projectKey: project.key }} variant="default">
          {t('noSprint.toBacklog')}
        </LinkButton>
      }
    />
  );
}
