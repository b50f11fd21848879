import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsMaximize, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { takeFocus } from '../shell/palette-state.ts';
import { TicketDetail } from './TicketDetail.tsx';
import classes from './TicketPeek.module.css';
import { useTicketKeys } from './useTicketKeys.ts';

export interface TicketPeekProps {
  ticketKey: string;
  /** It goes with the keyboard from card to card, which stays there. */
  follows: boolean;
  onClose: () => void;
  onOpenPage: (key: string) => void;
}

/** A ticket beside the board, at the address `?ticket=KEY`. */
export function TicketPeek({ ticketKey, follows, onClose, onOpenPage }: TicketPeekProps) {
  const { t } = useTranslation('ticket');
  const panel = useRef<HTMLElement>(null);
  const comes = useEffectEvent(() => {
    if (!follows) takeFocus(panel.current);
  });
  useEffect(() => comes(), []);
  useTicketKeys(panel);
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
