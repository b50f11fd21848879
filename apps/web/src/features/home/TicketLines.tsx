import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TicketState } from '../ticket/TicketState.tsx';
import type { TicketRowFragment } from '../ticket/tickets.generated.ts';
import { TypeIcon } from '../ticket/TypeIcon.tsx';
import classes from './Block.module.css';

/** Tickets, one a line. */
export function TicketLines({ tickets }: { tickets: readonly TicketRowFragment[] }) {
  const { t } = useTranslation('ticket');
  return (
    <ul className={classes.list}>
      {tickets.map(({ id, key, type, title, state, resolution }) => (
        <li key={id} className={classes.row}>
          <TypeIcon type={type} label={t(`type.${type}`)} />
          <Link to="/tickets/$ticketKey" params={{ ticketKey: key }} className={classes.main} title={title}>
            <span className={classes.key}>{key}</span> {title}
          </Link>
          <TicketState state={state} resolution={resolution} />
        </li>
      ))}
    </ul>
  );
}
