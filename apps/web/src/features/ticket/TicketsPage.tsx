import { skipToken, useQuery } from '@apollo/client/react';
import { IconListDetails } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { TICKET_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { timeZone } from '../lists/export-address.ts';
import { listAnswer, PAGE } from '../lists/list-answer.ts';
import { ListPage } from '../lists/ListPage.tsx';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { BackLink } from '../shell/LinkButton.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { TicketsDocument, TicketsProjectDocument } from './tickets.generated.ts';
import { useTicketColumns } from './useTicketColumns.tsx';
import { useTicketWords } from './useTicketWords.ts';

/** Every ticket of a project, those in its backlog among them. */
export function TicketsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  return <Tickets key={projectKey} projectKey={projectKey} />;
}

export function Tickets({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('ticket');
  const query = useAskedQuery(TICKET_FIELDS);
  const words = useTicketWords();
  const { data: found, error: noProject, refetch: askAgain } = useQuery(TicketsProjectDocument, { variables: { key: projectKey } });
  const project = found?.project;
  const columns = useTicketColumns(project?.labels ?? []);
  const tickets = useQuery(
    TicketsDocument,
    project && query !== null
      ? { variables: { projectId: project.id, query, timeZone: timeZone(), first: PAGE }, fetchPolicy: 'cache-and-network' }
      : skipToken,
  );
  if (found && !project) return <NotFoundPage />;
  const answer = listAnswer(tickets, tickets.data?.tickets ?? tickets.previousData?.tickets);
  const columnNames = (project?.boards ?? []).flatMap((board) => board.columns.map(({ name }) => name));
  const people = (project?.people ?? []).map(({ name }) => name);
  const [board] = project?.boards ?? [];
  return (
    <ListPage
      title={project ? t('list.titleOf', { project: project.name }) : t('list.title')}
      above={
        project &&
        board && (
          <BackLink to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: board.id }}>
            {t('list.toBoard')}
          </BackLink>
        )
      }
      list={{
        name: 'tickets',
        fields: TICKET_FIELDS,
        words,
        columns,
        minWidth: 880,
        names: {
          assignee: people,
          author: people,
          label: (project?.labels ?? []).map(({ name }) => name),
          board: (project?.boards ?? []).map(({ name }) => name),
          column: [...new Set(columnNames)],
        },
      }}
      answer={noProject && !project ? { ...answer, error: noProject, refetch: askAgain } : answer}
      project={project && { id: project.id, scope: scopeOf(project) }}
      empty={<EmptyState icon={<IconListDetails />} title={t('list.empty')} text={t('list.emptyHint')} />}
    />
  );
}
