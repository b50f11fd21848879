import { Menu } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconArrowsMaximize, IconLayoutSidebarRight, IconRowRemove } from '@tabler/icons-react';
import { useFragment } from '@apollo/client/react';
import { columnOf, progressAt, progressIn, STANDINGS, standingOf, type Standing } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useBoardParts, type BoardColumnHead } from '../board-context.ts';
import { TicketCardFragmentDoc } from '../../ticket/card.generated.ts';
import { ScreenAnchor } from '../../shell/ScreenAnchor.tsx';
import { StandingIcon, standingWord } from '../../ticket/TicketState.tsx';
import { useTicketProgress, type StandingTicket } from '../../ticket/useTicketProgress.ts';

export interface CardMenuProps {
  ticketId: string;
  /** Where on the screen it opens. */
  at: DOMRect;
  columns: readonly BoardColumnHead[];
  onClose: () => void;
}

/** What can be done with a card without a mouse drag: open it, put it at an end of any column, say how far it is, take it off the board. */
export function CardMenu({ ticketId, at, columns, onClose }: CardMenuProps) {
  const { t } = useTranslation('board');
  const { t: ticket } = useTranslation('ticket');
  const { moves, model, focus, mayWrite, openTicket } = useBoardParts();
  const progress = useTicketProgress();
  const { data, complete } = useFragment({ fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard', from: { __typename: 'Ticket', id: ticketId } });
  const here = model.placeOf(ticketId)?.columnId;
  const close = (): void => {
    onClose();
    focus.want(ticketId);
  };
  const move = (columnId: string, edge: 'TOP' | 'BOTTOM'): void => {
    onClose();
    void moves.toEdge(ticketId, columnId, edge).then(() => focus.want(ticketId));
  };
  // The column says the state: cards, which are many, do not bring it.
  const category = columns.find((column) => column.id === here)?.category;
  const now = complete && category !== undefined ? progressIn(category, { state: 'DONE', resolution: data.resolution }) : null;
  const standing = now && standingOf(now);
  const change = (by: (before: StandingTicket) => Promise<void>): void => {
    onClose();
    if (now) void by({ id: ticketId, key: data.key ?? '', ...now, place: model.placeOf(ticketId) }).then(() => focus.want(ticketId));
  };
  const open = (where: 'PEEK' | 'PAGE'): void => {
    onClose();
    if (data.key) openTicket(data.key, where);
  };
  return (
    <Menu opened onClose={close} position="bottom-start" width={220} returnFocus={false} trapFocus withinPortal>
      <Menu.Target>
        <ScreenAnchor at={at} aria-label={t('card.menu', { key: data.key ?? '' })} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('card.menu', { key: data.key ?? '' })}>
        <Menu.Item leftSection={<IconLayoutSidebarRight size={15} />} onClick={() => open('PEEK')}>
          {t('menu.peek')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsMaximize size={15} />} onClick={() => open('PAGE')}>
          {t('menu.open')}
        </Menu.Item>
        {mayWrite && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('menu.move')}</Menu.Label>
            {columns.map((column) => (
              <Menu.Sub key={column.id} position="right-start">
                <Menu.Sub.Target>
                  <Menu.Sub.Item>{column.id === here ? t('menu.here', { name: column.name }) : column.name}</Menu.Sub.Item>
                </Menu.Sub.Target>
                <Menu.Sub.Dropdown>
                  <Menu.Item leftSection={<IconArrowBarToUp size={15} />} onClick={() => move(column.id, 'TOP')}>
                    {t('menu.top')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconArrowBarToDown size={15} />} onClick={() => move(column.id, 'BOTTOM')}>
                    {t('menu.bottom')}
                  </Menu.Item>
                </Menu.Sub.Dropdown>
              </Menu.Sub>
            ))}
            <Menu.Divider />
            <Menu.Sub position="right-start">
              <Menu.Sub.Target>
                <Menu.Sub.Item leftSection={standing && <StandingIcon standing={standing} />}>{ticket('list.field.state')}</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown>
                {STANDINGS.map((one: Standing) => {
                  const word = standingWord(ticket, one);
                  const hasPlace = columnOf(progressAt(one).state, columns) !== undefined;
                  return (
                    <Menu.Item
                      key={one}
                      leftSection={<StandingIcon standing={one} />}
                      disabled={one === standing || !hasPlace}
                      onClick={() => change((before) => progress.give(before, one))}
                    >
                      {hasPlace ? word : ticket('field.noColumn', { state: word })}
                    </Menu.Item>
                  );
                })}
              </Menu.Sub.Dropdown>
            </Menu.Sub>
            <Menu.Item leftSection={<IconRowRemove size={15} />} onClick={() => change((before) => progress.takeOff(before))}>
              {t('menu.takeOff')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
