import { useQuery } from '@apollo/client/react';
import { Button, Modal } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { TrainableTicketsDocument, type TrainableTicketsQuery } from './dataset-runs.generated.ts';
import { QueueRunDialog } from './QueueRunDialog.tsx';
import classes from './TrainOnDataset.module.css';

type Ticket = TrainableTicketsQuery['mine']['nodes'][number];

const MINE = 'assignee:me state:open sort:-updated';
const RECENT = 'state:open sort:-updated';

export interface TrainOnDatasetProps {
  datasetId: string;
  /** Only from tickets of this project may it be used; null: from those of any. */
  projectId: string | null;
}

/** Begins a run on a dataset: asks from which ticket, and opens the queue dialog with the dataset chosen. */
export function TrainOnDataset({ datasetId, projectId }: TrainOnDatasetProps) {
  const { t } = useTranslation('training');
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('train.on')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('train.fromTicket')} yOffset="5vh">
        {asking && (
          <Tickets
            projectId={projectId}
            onChoose={(chosen) => {
              setAsking(false);
              setTicket(chosen);
            }}
          />
        )}
      </Modal>
      {ticket && (
        <QueueRunDialog
          opened
          onClose={() => setTicket(null)}
          ticketId={ticket.id}
          projectId={ticket.projectId}
          datasetId={datasetId}
          onQueued={(runId) => void navigate({ to: '/runs/$runId', params: { runId } })}
        />
      )}
    </>
  );
}

/** Open tickets of projects where one may queue: one's own first, then those that somebody worked at last. */
function Tickets({ projectId, onChoose }: { projectId: string | null; onChoose: (ticket: Ticket) => void }) {
  const { t } = useTranslation('training');
  const actor = useActor();
  const { data, error, refetch } = useQuery(TrainableTicketsDocument, { variables: { projectId, mine: MINE, recent: RECENT }, fetchPolicy: 'network-only' });
  // Where they come after their dialog, it has given the focus to its close button.
  const list = useRef<HTMLUListElement>(null);
  const known = data !== undefined;
  useEffect(() => list.current?.querySelector('button')?.focus(), [known]);
  if (!data) return <Waiting error={error} onRetry={refetch} height={160} />;
  const open = new Set(data.projects.filter((project) => can(actor, 'run.queue', scopeOf(project))).map(({ id }) => id));
  const tickets = [...new Map([...data.mine.nodes, ...data.recent.nodes].map((ticket) => [ticket.id, ticket])).values()].filter((ticket) =>
    open.has(ticket.projectId),
  );
  if (tickets.length === 0) return <p className={classes.none}>{t('train.noTickets')}</p>;
  return (
    <ul ref={list} className={classes.list}>
      {tickets.map((ticket, i) => (
        <li key={ticket.id}>
          <button type="button" className={classes.ticket} data-autofocus={i === 0 || undefined} onClick={() => onChoose(ticket)}>
            <span className={classes.key}>{ticket.key}</span>
            {ticket.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
