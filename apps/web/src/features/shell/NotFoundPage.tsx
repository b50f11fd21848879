import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { LinkButton } from './LinkButton.tsx';
import { PageTitle } from './PageTitle.tsx';

/** For what is not there and for what the reader may not know of: the same page, on purpose. */
export function NotFoundPage() {
  const { t } = useTranslation('shell');
  return (
    <>
      <PageTitle title={t('notFound.title')} hidden />
      <EmptyState
        icon={<IconMapOff />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <LinkButton to="/projects" variant="default">
            {t('notFound.home')}
          </LinkButton>
        }
      />
    </>
  );
}
