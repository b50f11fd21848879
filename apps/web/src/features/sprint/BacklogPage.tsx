import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { Delayed, EmptyState } from '@trainyard/ui';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { DataTable } from '../lists/DataTable.tsx';
import { useRowSelection } from '../lists/useRowSelection.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { useTicketColumns } from '../ticket/useTicketColumns.tsx';
import { BacklogSection } from './BacklogSection.tsx';
import { PlanBar } from './PlanBar.tsx';
import { ShownLists } from './shown-lists.ts';
import { SprintDialog } from './SprintDialog.tsx';
import { BacklogDocument, type BacklogQuery } from './sprints.generated.ts';

/** What planning looks at. */
const SHOWN = ['key', 'title', 'state', 'priority', 'assignee', 'label', 'points', 'due'];
type Project = NonNullable<BacklogQuery['project']>;

/** What comes next: the sprints that run or are planned, and below them all that waits, in one order. */
export function BacklogPage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('sprint');
  const { data, error, refetch } = useQuery(BacklogDocument, { variables: { key: projectKey }, fetchPolicy: 'cache-and-network' });
  if (data?.project) return <Backlog key={data.project.id} project={data.project} />;
  if (data) return <NotFoundPage />;
  return (
    <Page title={t('backlog.title')} fills>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed>
          <Skeleton height={320} />
        </Delayed>
      )}
    </Page>
  );
}

function Backlog({ project }: { project: Project }) {
  const { t } = useTranslation('sprint');
  const actor = useActor();
  const scope = scopeOf(project);
  const mayPlan = can(actor, 'ticket.write', scope);
  const mayManage = can(actor, 'sprint.manage', scope);
  const boards = project.boards.filter(({ kind }) => kind === 'SCRUM');
  const selection = useRowSelection();
  const [isNew, setNew] = useState(false);
  const all = useTicketColumns(project.labels);
  const columns = useMemo(() => all.filter(({ field }) => SHOWN.includes(field)).map((column) => ({ ...column, isSortable: false })), [all]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => setFolded((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set(now).add(id)));
  const [lists] = useState(() => new ShownLists());
  const section = { projectId: project.id, columns, lists, selection: mayPlan ? selection : undefined };
  return (
    <Page
      title={t('backlog.title')}
      fills
      actions={
        mayManage &&
        boards.length > 0 && (
          <Button leftSection={<IconPlus size={14} aria-hidden="true" />} variant="default" onClick={() => setNew(true)}>
            {t('sprint.new')}
          </Button>
        )
      }
      lead={mayManage && boards.length === 0 ? t('backlog.noScrum') : undefined}
    >
      <DataTable
        caption={t('backlog.title')}
        columns={columns}
        rows={[]}
        sort={null}
        onSort={() => undefined}
        minWidth={880}
        isBusy={false}
        selection={section.selection}
      >
        {project.sprints.map((sprint) => (
          <BacklogSection
            key={sprint.id}
            {...section}
            sprint={sprint}
            actions={mayManage ? { boards, open: project.sprints } : null}
            isOpen={!folded.has(sprint.id)}
            onToggle={() => toggle(sprint.id)}
          />
        ))}
        <BacklogSection
          {...section}
          sprint={null}
          actions={null}
          isOpen={!folded.has('')}
          onToggle={() => toggle('')}
          nothing={<EmptyState icon={<IconListDetails />} title={t('backlog.noTickets')} text={mayPlan && t('backlog.noTicketsText')} />}
        />
      </DataTable>
      {mayPlan && <PlanBar sprints={project.sprints} selection={selection} lists={lists} />}
      {isNew && <SprintDialog sprint={null} boards={boards} before={project.sprints} onClose={() => setNew(false)} />}
    </Page>
  );
}
