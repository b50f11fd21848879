import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../shell/PageTitle.tsx';
import { TicketDetail } from './TicketDetail.tsx';
import classes from './TicketPage.module.css';

const route = getRouteApi('/_app/tickets/$ticketKey');

/** A ticket on a page of its own. */
export function TicketPage() {
  const { t } = useTranslation('ticket');
  const { ticketKey } = route.useParams();
  const navigate = useNavigate();
  return (
    <div className={classes.page}>
      <PageTitle title={ticketKey} hidden />
      <TicketDetail
        key={ticketKey}
        ticketKey={ticketKey}
        onDeleted={() => void navigate({ to: '/' })}
        trail={(ticket, project) => (
          <nav className={classes.trail} aria-label={t('trail')}>
            {ticket.boardId === null ? (
              <span>{project.name}</span>
            ) : (
              <Link to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: ticket.boardId }}>
                {project.name}
              </Link>
            )}
            <span aria-hidden="true">/</span>
            <span>{ticket.key}</span>
          </nav>
        )}
      />
    </div>
  );
}
