import { Kbd, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconAntennaBars5,
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowsMaximize,
  IconCalendarDue,
  IconColumns3,
  IconCopy,
  IconCopyPlus,
  IconLayoutSidebarRight,
  IconLink,
  IconNumber,
  IconPlayerPlay,
  IconRowRemove,
  IconSquareCheck,
  IconTag,
  IconTrash,
  IconUser,
} from '@tabler/icons-react';
import { useFragment } from '@apollo/client/react';
import { can, columnOf, progressAt, progressIn, STANDINGS, standingOf, type Standing } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { useBoardParts, type QuickField } from '../board-context.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import { TicketCardFragmentDoc } from '../../ticket/card.generated.ts';
import { ScreenAnchor } from '../../shell/ScreenAnchor.tsx';
import { columnIn } from '../model/cells.ts';
import { SprintMenu } from './SprintMenu.tsx';
import { useDuplicate } from './useDuplicate.ts';
import { StandingIcon, standingWord } from '../../ticket/TicketState.tsx';
import { useTicketCopies } from '../../ticket/useTicketCopies.ts';
import { useTicketProgress, type StandingTicket } from '../../ticket/useTicketProgress.ts';

export interface CardMenuProps {
  ticketId: string;
  /** Where on the screen it opens. */
  at: DOMRect;
  frame: BoardFrameFragment;
  onClose: () => void;
  /** The same editor that a key opens. */
  onEdit: (field: QuickField) => void;
  /** By thumb, where no list opens beside another. */
  onMove: () => void;
  onQueueRun: () => void;
  onDelete: () => void;
}

/** Nothing hovers there. */
const BY_THUMB = '(hover: none)';

/** All that can be done with a card, each with the key that does it too. */
export function CardMenu({ ticketId, at, frame: { columns, project }, onClose, onEdit, onMove, onQueueRun, onDelete }: CardMenuProps) {
  const { t } = useTranslation('board');
  const { t: ticket } = useTranslation('ticket');
  const { moves, model, focus, mayWrite, openTicket, selection } = useBoardParts();
  const actor = useActor();
  const scope = scopeOf(project);
  const copies = useTicketCopies();
  const isByThumb = useMediaQuery(BY_THUMB, matchMedia(BY_THUMB).matches, { getInitialValueInEffect: false });
  const duplicate = useDuplicate();
  const progress = useTicketProgress();
  const { data, complete } = useFragment({ fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard', from: { __typename: 'Ticket', id: ticketId } });
  const place = model.placeOf(ticketId);
  const here = place ? columnIn(place.columnId) : undefined;
  const close = (): void => {
    onClose();
    focus.want(ticketId);
  };
  const move = (columnId: string, edge: 'TOP' | 'BOTTOM'): void => {
    onClose();
    void moves.toEdge(ticketId, model.cellIn(columnId, ticketId), edge).then(() => focus.want(ticketId));
  };
  // The column says the state: cards, which are many, do not bring it.
  const category = columns.find((column) => column.id === here)?.category;
  const now = complete && category !== undefined ? progressIn(category, { state: 'DONE', resolution: data.resolution }) : null;
  const standing = now && standingOf(now);
  const change = (by: (before: StandingTicket) => Promise<void>): void => {
    onClose();
    if (now)
      void by({ id: ticketId, key: data.key ?? '', ...now, place: place && { ...place, columnId: columnIn(place.columnId) } }).then(() => focus.want(ticketId));
  };
  const copying = (copy: (key: string) => void) => (): void => {
    copy(data.key ?? '');
    close();
  };
  const then = (act: () => void) => (): void => {
    onClose();
    act();
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
        <Menu.Item leftSection={<IconLayoutSidebarRight size={15} />} rightSection={<Key name="Space" />} onClick={() => open('PEEK')}>
          {t('menu.peek')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsMaximize size={15} />} rightSection={<Key name="Enter" />} onClick={() => open('PAGE')}>
          {t('menu.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={15} />} onClick={copying(copies.link)}>
          {ticket('ticket.copyLink')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={copying(copies.key)}>
          {ticket('ticket.copyKey')}
        </Menu.Item>
        {mayWrite && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconUser size={15} />} rightSection={<Key name="A" />} onClick={then(() => onEdit('ASSIGNEE'))}>
              {t('menu.assign')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTag size={15} />} rightSection={<Key name="L" />} onClick={then(() => onEdit('LABELS'))}>
              {t('menu.label')}
            </Menu.Item>
            <Menu.Item leftSection={<IconNumber size={15} />} rightSection={<Key name="E" />} onClick={then(() => onEdit('POINTS'))}>
              {t('menu.estimate')}
            </Menu.Item>
            <Menu.Item leftSection={<IconAntennaBars5 size={15} />} rightSection={<Key name="P" />} onClick={then(() => onEdit('PRIORITY'))}>
              {t('menu.priority')}
            </Menu.Item>
            <Menu.Item leftSection={<IconCalendarDue size={15} />} onClick={then(() => onEdit('DUE'))}>
              {t('menu.due')}
            </Menu.Item>
            {isByThumb && (
              <Menu.Item leftSection={<IconColumns3 size={15} />} onClick={then(onMove)}>
                {t('menu.moveTo')}
              </Menu.Item>
            )}
            {!isByThumb && (
              <Menu.Sub position="right-start">
                <Menu.Sub.Target>
                  <Menu.Sub.Item leftSection={<IconColumns3 size={15} />}>{t('menu.move')}</Menu.Sub.Item>
                </Menu.Sub.Target>
                <Menu.Sub.Dropdown>
                  <Menu.Item rightSection={<Key name="S" />} onClick={then(() => onEdit('COLUMN'))}>
                    {t('menu.choose')}
                  </Menu.Item>
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
                </Menu.Sub.Dropdown>
              </Menu.Sub>
            )}
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
            <SprintMenu ticketId={ticketId} ticketKey={data.key ?? ''} projectId={project.id} onClose={onClose} />
            <Menu.Item leftSection={<IconRowRemove size={15} />} onClick={() => change((before) => progress.takeOff(before))}>
              {t('menu.takeOff')}
            </Menu.Item>
            <Menu.Item leftSection={<IconSquareCheck size={15} />} rightSection={<Key name="X" />} onClick={then(() => selection.toggle(ticketId))}>
              {t('menu.choice')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {can(actor, 'run.queue', scope) && (
          <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={then(onQueueRun)}>
            {t('menu.queueRun')}
          </Menu.Item>
        )}
        {mayWrite && (
          <Menu.Item leftSection={<IconCopyPlus size={15} />} onClick={then(() => void duplicate(data.key ?? ''))}>
            {t('menu.duplicate')}
          </Menu.Item>
        )}
        {mayWrite && can(actor, 'ticket.delete', scope) && (
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} rightSection={<Key name="Del" />} onClick={then(onDelete)}>
            {t('menu.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The key that does the same, where there are keys. */
const Key = ({ name }: { name: string }) =>
  !matchMedia(BY_THUMB).matches && (
    <Kbd size="xs" aria-hidden="true">
      {name}
    </Kbd>
  );
