import { IconListDetails } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { TICKET_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ListPage, type ListFrame } from '../lists/ListPage.tsx';
import type { NamesByField } from '../lists/suggestions.ts';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import { useListNames } from '../project/useListNames.ts';
import { useListProject } from '../project/useListProject.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { TicketsDocument } from './tickets.generated.ts';
import { useTicketColumns } from './useTicketColumns.tsx';
import { useTicketWords } from './useTicketWords.ts';

/** Every ticket of a project, those in its backlog among them. */
export function TicketsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  return <TicketsOfProject key={projectKey} projectKey={projectKey} />;
}

export function TicketsOfProject({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('ticket');
  const { project, frame, people } = useListProject(projectKey);
  if (project === null) return <NotFoundPage />;
  const { boards = [], labels = [] } = project ?? {};
  return (
    <Tickets
      {...frame}
      title={project ? t('list.titleOf', { project: project.name }) : t('list.title')}
      labels={labels}
      names={{
        assignee: people,
        author: people,
        label: labels.map(({ name }) => name),
        board: boards.map(({ name }) => name),
        column: [...new Set(boards.flatMap(({ columns }) => columns.map(({ name }) => name)))],
      }}
    />
  );
}

/** The tickets of all projects that one may read. */
export function AllTicketsPage() {
  const { t } = useTranslation('ticket');
  const { projects, keys, people } = useListNames();
  const labels = useMemo(() => projects.flatMap((project) => project.labels), [projects]);
  return (
    <Tickets
      title={t('list.title')}
      project={null}
      labels={labels}
      names={{ assignee: people, author: people, project: keys, label: [...new Set(labels.map(({ name }) => name))] }}
    />
  );
}

interface TicketsProps extends ListFrame {
  labels: readonly { id: string; name: string; color: string }[];
  names: NamesByField;
}

function Tickets({ labels, names, ...frame }: TicketsProps) {
  const { t } = useTranslation('ticket');
  const query = useAskedQuery(TICKET_FIELDS);
  const words = useTicketWords();
  const columns = useTicketColumns(labels);
  const { project } = frame;
  const answer = useList(TicketsDocument, project !== undefined && query !== null ? { projectId: project?.id ?? null, query } : null, (data) => data.tickets);
  return (
    <ListPage
      {...frame}
      list={{ name: 'tickets', fields: TICKET_FIELDS, words, columns, names, example: 'state:open assignee:me', minWidth: 880 }}
      answer={answer}
      empty={<EmptyState icon={<IconListDetails />} title={t('list.empty')} text={t('list.emptyHint')} />}
    />
  );
}
