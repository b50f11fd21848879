import { useQuery } from '@apollo/client/react';
import { IconListDetails } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { TICKET_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { ListPage } from '../lists/ListPage.tsx';
import type { NamesByField } from '../lists/suggestions.ts';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import type { ListProject } from '../lists/useViewRights.ts';
import { ListNamesDocument, ListProjectDocument } from '../project/list-names.generated.ts';
import { BackLink } from '../shell/LinkButton.tsx';
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
  const { data, error, refetch } = useQuery(ListProjectDocument, { variables: { key: projectKey } });
  if (data && !data.project) return <NotFoundPage />;
  const project = data?.project;
  const columns = (project?.boards ?? []).flatMap((board) => board.columns.map(({ name }) => name));
  const people = (project?.people ?? []).map(({ name }) => name);
  const [board] = project?.boards ?? [];
  return (
    <Tickets
      title={project ? t('list.titleOf', { project: project.name }) : t('list.title')}
      above={
        project &&
        board && (
          <BackLink to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: board.id }}>
            {t('list.toBoard')}
          </BackLink>
        )
      }
      project={project && { id: project.id, scope: scopeOf(project) }}
      labels={project?.labels ?? []}
      names={{
        assignee: people,
        author: people,
        label: (project?.labels ?? []).map(({ name }) => name),
        board: (project?.boards ?? []).map(({ name }) => name),
        column: [...new Set(columns)],
      }}
      failed={project ? null : error && { error, refetch }}
    />
  );
}

/** The tickets of all projects that one may read. */
export function AllTicketsPage() {
  const { t } = useTranslation('ticket');
  const { data } = useQuery(ListNamesDocument);
  const labels = useMemo(() => (data?.projects ?? []).flatMap((project) => project.labels), [data]);
  const people = (data?.users.nodes ?? []).map(({ name }) => name);
  return (
    <Tickets
      title={t('list.title')}
      project={null}
      labels={labels}
      names={{
        assignee: people,
        author: people,
        project: (data?.projects ?? []).map(({ key }) => key),
        label: [...new Set(labels.map(({ name }) => name))],
      }}
    />
  );
}

interface TicketsProps {
  title: string;
  above?: ReactNode;
  /** Null: of all projects; undefined: not known yet. */
  project: ListProject | null | undefined;
  labels: readonly { id: string; name: string; color: string }[];
  names: NamesByField;
  /** Why the project is not known. */
  failed?: { error: unknown; refetch: () => unknown } | null | undefined;
}

function Tickets({ title, above, project, labels, names, failed }: TicketsProps) {
  const { t } = useTranslation('ticket');
  const query = useAskedQuery(TICKET_FIELDS);
  const words = useTicketWords();
  const columns = useTicketColumns(labels);
  const answer = useList(TicketsDocument, project !== undefined && query !== null ? { projectId: project?.id ?? null, query } : null, (data) => data.tickets);
  return (
    <ListPage
      title={title}
      above={above}
      list={{ name: 'tickets', fields: TICKET_FIELDS, words, columns, names, example: 'state:open assignee:me', minWidth: 880 }}
      answer={failed ? { ...answer, ...failed } : answer}
      project={project}
      empty={<EmptyState icon={<IconListDetails />} title={t('list.empty')} text={t('list.emptyHint')} />}
    />
  );
}
