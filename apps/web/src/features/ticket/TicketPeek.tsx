import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { takeFocus } from '../shell/palette-state.ts';
import { TicketDetail } from './TicketDetail.tsx';
import classes from './TicketPeek.module.css';

export interface TicketPeekProps {
  ticketKey: string;
  onClose: () => void;
  onOpenPage: (key: string) => void;
}

/** A ticket beside the board, at the address `?ticket=KEY`. */
export function TicketPeek({ ticketKey, onClose, onOpenPage }: TicketPeekProps) {
  const { t } = useTranslation('ticket');
  const panel = useRef<HTMLElement>(null);
  useEffect(() => takeFocus(panel.current), []);
  return (
    <aside ref={panel} className={classes.panel} aria-label={t('peek.label', { key: ticketKey })} tabIndex={-1} data-focus-target>
      <div className={classes.bar}>
        <span className={classes.key}>{ticketKey}</span>
        <Tooltip label={t('peek.open')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('peek.open')} onClick={() => onOpenPage(ticketKey)}>
            <IconArrowsMaximize size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('peek.close')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('peek.close')} onClick={onClose}>
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.scroll}>
        <TicketDetail ticketKey={ticketKey} narrow onDeleted={onClose} />
      </div>
    </aside>
  );
}
