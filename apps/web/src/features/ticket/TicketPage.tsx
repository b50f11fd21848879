import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Breadcrumb } from '../shell/Breadcrumb.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { TicketDetail } from './TicketDetail.tsx';
import classes from './TicketPage.module.css';

const route = getRouteApi('/_app/tickets/$ticketKey');

/** A ticket on a page of its own. */
export function TicketPage() {
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
          <Breadcrumb
            trail={[
              ticket.boardId === null ? (
                <Link to="/projects/$projectKey/tickets" params={{ projectKey: project.key }}>
                  {project.name}
                </Link>
              ) : (
                <Link to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: ticket.boardId }}>
                  {project.name}
                </Link>
              ),
              ticket.key,
            ]}
          />
        )}
      />
    </div>
  );
}
