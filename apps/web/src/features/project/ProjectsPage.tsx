import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { can } from '@trainyard/domain';
import { Delayed, EmptyState, Segments } from '@trainyard/ui';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Page } from '../shell/Page.tsx';
import { ProjectRow } from './ProjectRow.tsx';
import classes from './ProjectsPage.module.css';
import { ProjectsDocument } from './projects.generated.ts';

type Shown = 'ACTIVE' | 'ARCHIVED' | 'DELETED';

export function ProjectsPage() {
  const { t } = useTranslation('project');
  const actor = useActor();
  const mayCreate = can(actor, 'project.create');
  const [show, setShow] = useState<Shown>('ACTIVE');
  // Deleted ones are there for administrators alone.
  const shown: Shown[] = can(actor, 'organisation.manage') ? ['ACTIVE', 'ARCHIVED', 'DELETED'] : ['ACTIVE', 'ARCHIVED'];
  const { data, error, refetch } = useQuery(ProjectsDocument, { variables: { states: [show] }, fetchPolicy: 'cache-and-network' });
  const create = mayCreate && (
    <LinkButton to="/projects/new" leftSection={<IconPlus size={14} aria-hidden="true" />}>
      {t('new')}
    </LinkButton>
  );
  return (
    <Page title={t('title')} actions={data && (data.projects.length > 0 || show !== 'ACTIVE') && create}>
      <Segments
        className={classes.show}
        label={t('show.label')}
        value={show}
        onChange={setShow}
        data={shown.map((value) => ({ value, label: t(`show.${value}`) }))}
      />
      <ErrorNotice error={error} onRetry={refetch} />
      {data ? (
        data.projects.length === 0 ? (
          show === 'ACTIVE' ? (
            <EmptyState icon={<IconStack2 />} title={t('none.title')} text={t(mayCreate ? 'none.text' : 'none.askText')} action={create} />
          ) : (
            <EmptyState icon={<IconStack2 />} title={t(`show.none${show}`)} />
          )
        ) : (
          <ul className={classes.list}>
            {data.projects.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </ul>
        )
      ) : (
        !error && (
          <Delayed>
            {[0, 1, 2].map((row) => (
              <Skeleton key={row} height={64} />
            ))}
          </Delayed>
        )
      )}
      <Outlet />
    </Page>
  );
}
