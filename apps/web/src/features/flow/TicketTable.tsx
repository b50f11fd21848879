import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { Table } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ReportTicketsDocument } from './flow.generated.ts';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';

/** Rows that are asked for and drawn. */
const ROWS_MAX = 500;

interface TicketTableProps {
  caption: string;
  /** Behind the ticket. The last one is a number. */
  columns: readonly string[];
  lines: readonly { key: string; ticketId: string; cells: readonly string[] }[];
}

/** Tickets in rows, each with what a report says of it. */
export function TicketTable({ caption, columns, lines }: TicketTableProps) {
  const { t } = useTranslation('flow');
  const { project } = useReport();
  const shown = lines.slice(0, ROWS_MAX);
  const ids = [...new Set(shown.map(({ ticketId }) => ticketId))];
  const { data, error, refetch } = useQuery(ReportTicketsDocument, { variables: { projectId: project.id, ids }, skip: ids.length === 0 });
  const known = new Map(data?.reportTickets.map((ticket) => [ticket.id, ticket]));
  const last = columns.length - 1;
  return (
    <>
      <ErrorNotice error={error} onRetry={refetch} />
      <Table
        caption={caption}
        list
        minWidth={520}
        head={
          <>
            <th scope="col" data-wide>
              {t('column.ticket')}
            </th>
            {columns.map((name, i) => (
              <th key={name} scope="col" data-numeric={i === last || undefined}>
                {name}
              </th>
            ))}
          </>
        }
      >
        {shown.map(({ key, ticketId, cells }) => {
          const ticket = known.get(ticketId);
          return (
            <tr key={key} role="row">
              <th role="rowheader" scope="row" data-wide>
                {ticket ? (
                  <Link to="/tickets/$ticketKey" params={{ ticketKey: ticket.key }} title={ticket.title}>
                    <span className={classes.key}>{ticket.key}</span> {ticket.title}
                  </Link>
                ) : (
                  data && t('drill.gone')
                )}
              </th>
              {cells.map((cell, i) => (
                <td key={columns[i]} role="cell" data-head={columns[i]} data-numeric={i === last || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          );
        })}
      </Table>
      {lines.length > shown.length && <p className={classes.note}>{t('drill.more', { count: lines.length - shown.length })}</p>}
    </>
  );
}
