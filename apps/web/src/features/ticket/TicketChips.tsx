import { IconBarrierBlock } from '@tabler/icons-react';
import { standingOf, unfinished } from '@trainyard/domain';
import { Trans, useTranslation } from 'react-i18next';
import { Moment } from '../shell/Moment.tsx';
import { DueDate } from './DueDate.tsx';
import { ParentLink } from './ParentLink.tsx';
import { PriorityIcon } from './PriorityIcon.tsx';
import classes from './TicketChips.module.css';
import { TicketState } from './TicketState.tsx';
import { TypeIcon } from './TypeIcon.tsx';
import type { Ticket, TicketProject } from './useTicket.ts';

/** Below its title: what a ticket is, how far it came and since when, and whose it was. */
export function TicketChips({ ticket, project }: { ticket: Ticket; project: TicketProject }) {
  const { t } = useTranslation('ticket');
  const { type, columnId, enteredAt, createdAt, createdBy } = ticket;
  const kind = t(`type.${type}`);
  const column = project.boards.flatMap(({ columns }) => columns).find(({ id }) => id === columnId);
  const hasMoved = column !== undefined && enteredAt !== createdAt;
  const at = (moment: string) => ({ at: <Moment at={moment} /> });
  return (
    <ul className={classes.root} aria-label={t('chips.label')}>
      <li>
        <TypeIcon type={type} label={kind} />
        <span aria-hidden="true">{kind}</span>
      </li>
      {ticket.parent && (
        <li>
          <ParentLink parent={ticket.parent} />
        </li>
      )}
      <li data-standing={standingOf(ticket)}>
        <TicketState state={ticket.state} resolution={ticket.resolution} />
      </li>
      {ticket.resolution === null &&
        unfinished(ticket.blockers).map(({ id, key: blocker, title }) => (
          <li key={id} data-blocked="true" title={title}>
            <IconBarrierBlock size={14} stroke={1.6} aria-hidden="true" />
            <span>{t('links.blocked', { key: blocker })}</span>
          </li>
        ))}
      {ticket.priority && (
        <li>
          <PriorityIcon priority={ticket.priority} label={t('card.priority', { value: t(`priority.${ticket.priority}`) })} />
          <span aria-hidden="true">{t(`priority.${ticket.priority}`)}</span>
        </li>
      )}
      {ticket.dueDate !== null && (
        <li>
          <DueDate ticket={ticket} />
        </li>
      )}
      {hasMoved && (
        <li>
          <span>
            <Trans t={t} i18nKey="chips.moved" values={{ column: column.name }} components={at(enteredAt)} />
          </span>
        </li>
      )}
      <li>
        <span>
          <Trans t={t} i18nKey={createdBy ? 'ticket.createdBy' : 'ticket.createdAt'} values={{ name: createdBy?.name }} components={at(createdAt)} />
        </span>
      </li>
    </ul>
  );
}
