import { Button } from '@mantine/core';
import { can } from '@trainyard/domain';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import classes from './TicketDetail.module.css';
import { useRestoreTicket } from './useRestoreTicket.ts';
import type { DeletedTicketInfo } from './useTicket.ts';

/** A ticket that somebody took off the board while it was open here. Whoever may delete one may bring it back. */
export function DeletedTicket({ ticket, project, by, returning }: DeletedTicketInfo & { returning: RefObject<boolean> }) {
  const { t } = useTranslation('ticket');
  const actor = useActor();
  const restore = useRestoreTicket(ticket);
  const [restoring, setRestoring] = useState(false);
  const onRestore = async (): Promise<void> => {
    setRestoring(true);
    returning.current = true;
    await restore();
    setRestoring(false);
  };
  return (
    <div className={classes.gone}>
      <p>{by === '' ? t('ticket.deleted', { key: ticket.key }) : t('ticket.deletedBy', { key: ticket.key, name: by })}</p>
      {project && can(actor, 'ticket.delete', scopeOf(project)) && (
        <Button variant="default" loading={restoring} onClick={() => void onRestore()}>
          {t('ticket.restore')}
        </Button>
      )}
    </div>
  );
}
