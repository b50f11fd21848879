import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NamedTicket } from './TicketPicker.tsx';
import classes from './TicketPicker.module.css';
import { TypeIcon } from './TypeIcon.tsx';

/** What a ticket is a part of, as a way there. */
export function ParentLink({ parent: { key, type, title } }: { parent: NamedTicket }) {
  const { t } = useTranslation('ticket');
  return (
    <span className={classes.option}>
      <TypeIcon type={type} label={t(`type.${type}`)} />
      <Link to="/tickets/$ticketKey" params={{ ticketKey: key }} className={classes.title} title={title} aria-label={t('parent.of', { key, title })}>
        {key} {title}
      </Link>
    </span>
  );
}
