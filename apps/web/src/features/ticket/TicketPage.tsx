import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { Breadcrumb } from '../shell/Breadcrumb.tsx';
import { TicketDetail } from './TicketDetail.tsx';
import classes from './TicketPage.module.css';
import { useTicketKeys } from './useTicketKeys.ts';

const route = getRouteApi('/_app/tickets/$ticketKey');

/** A ticket on a page of its own. */
export function TicketPage() {
  const { ticketKey } = route.useParams();
  const projectKey = ticketKey.slice(0, ticketKey.lastIndexOf('-'));
  const navigate = useNavigate();
  const page = useRef<HTMLDivElement>(null);
  useTicketKeys(page, true);
  return (
    <div ref={page} className={classes.page}>
      <TicketDetail
        key={ticketKey}
        ticketKey={ticketKey}
        onDeleted={() => void navigate({ to: '/' })}
        unknownTrail={
          <Breadcrumb
            trail={[
              <Link key="project" to="/projects/$projectKey/tickets" params={{ projectKey }}>
                {projectKey}
              </Link>,
              ticketKey,
            ]}
          />
        }
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
              ...(ticket.parent
                ? [
                    <Link to="/tickets/$ticketKey" params={{ ticketKey: ticket.parent.key }} title={ticket.parent.title}>
                      {ticket.parent.key}
                    </Link>,
                  ]
                : []),
              ticket.key,
            ]}
          />
        )}
      />
    </div>
  );
}
