import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { QUERY_LIMITS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { TicketState } from '../ticket/TicketState.tsx';
import { TypeIcon } from '../ticket/TypeIcon.tsx';
import type { DrillLine } from './drill.ts';
import { ReportTicketsDocument } from './flow.generated.ts';
import classes from './Reports.module.css';
import { Waiting } from '../shell/Waiting.tsx';

/** Tickets that are asked for and drawn at once. */
const SHOWN_MAX = 500;

interface TicketListProps {
  projectId: string;
  projectKey: string;
  lines: readonly DrillLine[];
  total: number;
}

/** The tickets that a report counts, each with what it adds. What is erased is named by nothing any more, and told. */
export function TicketList({ projectId, projectKey, lines, total }: TicketListProps) {
  const { t } = useTranslation(['flow', 'ticket']);
  const shown = lines.slice(0, SHOWN_MAX);
  const ids = [...new Set(shown.map(({ ticketId }) => ticketId))];
  const { data, error, refetch } = useQuery(ReportTicketsDocument, { variables: { projectId, ids }, skip: ids.length === 0 });
  if (ids.length === 0) return <p className={classes.note}>{t('drill.none')}</p>;
  if (!data) return <Waiting error={error} onRetry={refetch} height={160} />;
  const known = new Map(data.reportTickets.map((ticket) => [ticket.id, ticket]));
  const erased = ids.filter((id) => !known.has(id)).length;
  const keys = data.reportTickets.flatMap(({ key, isDeleted }) => (isDeleted ? [] : key));
  return (
    <>
      <ul className={classes.tickets}>
        {shown.map(({ ticketId, amount }) => {
          const ticket = known.get(ticketId);
          if (!ticket) return null;
          const { key, title, type, state, resolution, isDeleted } = ticket;
          return (
            <li key={ticketId}>
              <TypeIcon type={type} label={t(`ticket:type.${type}`)} />
              <Link to="/tickets/$ticketKey" params={{ ticketKey: key }} className={classes.ticket} title={title}>
                <span className={classes.key}>{key}</span> {title}
              </Link>
              {amount !== undefined && <span className={classes.amount}>{amount}</span>}
              {isDeleted ? <span className={classes.key}>{t('drill.deleted')}</span> : <TicketState state={state} resolution={resolution} />}
            </li>
          );
        })}
      </ul>
      {erased > 0 && <p className={classes.note}>{t('drill.erased', { count: erased })}</p>}
      {total > shown.length && <p className={classes.note}>{t('drill.more', { count: total - shown.length })}</p>}
      {keys.length > 0 && keys.length <= QUERY_LIMITS.values && total <= shown.length && (
        <p className={classes.note}>
          <Link to="/projects/$projectKey/tickets" params={{ projectKey }} search={{ query: `key:${keys.join(',')}` }}>
            {t('drill.list')}
          </Link>
        </p>
      )}
    </>
  );
}
