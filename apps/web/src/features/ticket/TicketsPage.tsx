import { Button } from '@mantine/core';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { can, TICKET_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { useChosenColumns } from '../lists/chosen-columns.ts';
import { ColumnsMenu } from '../lists/ColumnsMenu.tsx';
import { ListPage, type ListFrame } from '../lists/ListPage.tsx';
import type { NamesByField } from '../lists/suggestions.ts';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import { useRowSelection } from '../lists/useRowSelection.ts';
import { useListNames } from '../project/useListNames.ts';
import { useListProject } from '../project/useListProject.ts';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { ManyInList } from './many/ManyInList.tsx';
import { openNewTicket } from './new-ticket.ts';
import { TicketsDocument } from './tickets.generated.ts';
import { useShowMade } from './useShowMade.ts';
import { ticketName, useTicketColumns } from './useTicketColumns.tsx';
import { useTicketWords } from './useTicketWords.ts';
import { useWritableProjects } from './useWritableProjects.ts';

/** Every ticket of a project, those in its backlog among them. */
export function TicketsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  return <TicketsOfProject key={projectKey} projectKey={projectKey} />;
}

export function TicketsOfProject({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('ticket');
  const actor = useActor();
  const { project, frame, people } = useListProject(projectKey);
  if (project === null) return <NotFoundPage />;
  const { boards = [], labels = [] } = project ?? {};
  return (
    <Tickets
      {...frame}
      title={t('list.title')}
      mayMake={project !== undefined && can(actor, 'ticket.write', scopeOf(project))}
      mayDelete={project !== undefined && can(actor, 'ticket.delete', scopeOf(project))}
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
      mayMake={useWritableProjects().length > 0}
      labels={labels}
      names={{ assignee: people, author: people, project: keys, label: [...new Set(labels.map(({ name }) => name))] }}
    />
  );
}

const MIN_WIDTH = 880;
const COLUMN_WIDTH = 128;

interface TicketsProps extends ListFrame {
  labels: readonly { id: string; name: string; color: string }[];
  names: NamesByField;
  mayMake: boolean;
  mayDelete?: boolean;
}

function Tickets({ labels, names, mayMake, mayDelete = false, ...frame }: TicketsProps) {
  const { t } = useTranslation('ticket');
  const query = useAskedQuery(TICKET_FIELDS);
  const words = useTicketWords();
  const all = useTicketColumns(labels);
  const chosen = useChosenColumns('tickets', all);
  const { project } = frame;
  const asked = project !== undefined && query !== null ? { projectId: project?.id ?? null, query } : null;
  const answer = useList(TicketsDocument, asked, (data) => data.tickets);
  useShowMade(answer, asked);
  const selection = useRowSelection(ticketName);
  // people and labels are those of one project
  const isChanged = project != null && mayMake;
  const make = mayMake && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={openNewTicket}>
      {t('new.title')}
    </Button>
  );
  return (
    <ListPage
      {...frame}
      // where there is none yet, it stands where the first one would
      actions={(query !== '' || answer.found?.totalCount !== 0) && make}
      list={{
        name: 'tickets',
        fields: TICKET_FIELDS,
        words,
        columns: chosen.shown,
        names,
        example: 'state:open assignee:me',
        minWidth: Math.max(MIN_WIDTH, chosen.shown.length * COLUMN_WIDTH),
      }}
      answer={answer}
      {...(isChanged && {
        selection,
        selectionActions: (
          <ManyInList
            projectId={project.id}
            labels={labels}
            mayDelete={mayDelete}
            selection={selection}
            onChanged={() => answer.readAgain(answer.found?.nodes.length)}
          />
        ),
      })}
      tools={<ColumnsMenu all={all} chosen={chosen} />}
      empty={<EmptyState icon={<IconListDetails />} title={t('list.empty')} text={mayMake && t('list.emptyHint')} action={make} />}
    />
  );
}
