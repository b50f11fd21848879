import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { BACKLOG_GROUPS, can } from '@trainyard/domain';
import { useState } from 'react';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { NotFoundPage } from '../../shell/NotFoundPage.tsx';
import { Page } from '../../shell/Page.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useSearchChange } from '../../shell/useSearchChange.ts';
import { useWanted } from '../../shell/useWanted.ts';
import { projectDay } from '../sprint-days.ts';
import { loadSprintDialog } from '../load-sprint-dialog.ts';
import { BacklogDocument, type BacklogQuery } from '../sprints.generated.ts';
import { backlogSearch, type BacklogSearch } from './backlog-sections.ts';
import { BacklogTable } from './BacklogTable.tsx';

type Project = NonNullable<BacklogQuery['project']>;

/** What comes next, in one order over all of a project: by sprint, with what waits below them, by epic, or by who does it. */
export function BacklogPage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const { data, error, refetch } = useQuery(BacklogDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  if (data?.project) return <Backlog key={data.project.id} project={data.project} />;
  if (data) return <NotFoundPage />;
  return (
    <Page title={t('backlog.title')} fills>
      <Waiting error={error} onRetry={refetch} height={320} />
    </Page>
  );
}

function Backlog({ project }: { project: Project }) {
  const { t } = useTranslation('sprint');
  const actor = useActor();
  const changeSearch = useSearchChange<BacklogSearch>();
  const { group } = backlogSearch(useSearch({ strict: false }));
  const by = group === 'epic' ? 'EPIC' : group === 'assignee' ? 'ASSIGNEE' : 'SPRINT';
  const mayManage = can(actor, 'sprint.manage', scopeOf(project));
  const boards = project.boards.filter(({ kind }) => kind === 'SCRUM');
  const [isNew, setNew] = useState(false);
  const SprintDialog = useWanted(loadSprintDialog, isNew, () => setNew(false));
  return (
    <Page
      title={t('backlog.title')}
      fills
      actions={
        <>
          <Segments
            label={t('backlog.by')}
            data={BACKLOG_GROUPS.map((one) => ({ value: one, label: t(`backlog.group.${one}`) }))}
            value={by}
            onChange={(next) => changeSearch({ group: next === 'EPIC' ? 'epic' : next === 'ASSIGNEE' ? 'assignee' : undefined })}
          />
          {mayManage && boards.length > 0 && (
            <Button leftSection={<IconPlus size={14} aria-hidden="true" />} variant="default" onClick={() => setNew(true)}>
              {t('sprint.new')}
            </Button>
          )}
        </>
      }
      lead={mayManage && boards.length === 0 ? t('backlog.noScrum') : undefined}
    >
      <BacklogTable key={by} project={project} by={by} boards={boards} />
      {isNew && SprintDialog && (
        <SprintDialog
          sprint={null}
          projectId={project.id}
          boards={boards}
          before={project.sprints}
          today={projectDay(project.timeZone)}
          onClose={() => setNew(false)}
        />
      )}
    </Page>
  );
}
