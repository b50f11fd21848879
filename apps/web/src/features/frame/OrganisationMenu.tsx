import { Menu } from '@mantine/core';
import { IconKeyboard, IconPlus, IconStack2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useActor, useViewer } from '../access/useActor.ts';
import { ScreenAnchor } from '../shell/ScreenAnchor.tsx';
import { useRooms } from '../shell/rooms.ts';
import type { MenuProps } from './MenuButton.tsx';
import { openShortcutSheet } from './shortcut-sheet-state.ts';

/** What there is of the organisation, and what one may make in it. */
export default function OrganisationMenu({ at, onClose }: MenuProps) {
  const { t } = useTranslation('shell');
  const { organisation } = useViewer();
  const actor = useActor();
  const places = useRooms()
    .flatMap((room) => room.places ?? [])
    .filter(({ group }) => group === 'ORGANISATION');
  const label = t('nav.organisation', { name: organisation.name });
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={216} returnFocus={false} trapFocus>
      <Menu.Target>
        <ScreenAnchor at={at} aria-label={label} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Item component={Link} to="/projects" leftSection={<IconStack2 size={16} stroke={1.6} />}>
          {t('nav.allProjects')}
        </Menu.Item>
        {places.map(({ to, label: text, icon: Symbol }) => (
          <Menu.Item key={text} component={Link} to={to} leftSection={<Symbol size={16} stroke={1.6} />}>
            {t(text)}
          </Menu.Item>
        ))}
        {can(actor, 'project.create') && (
          <>
            <Menu.Divider />
            <Menu.Item component={Link} to="/projects/new" leftSection={<IconPlus size={16} stroke={1.6} />}>
              {t('palette.command.newProject')}
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={openShortcutSheet}>
          {t('account.shortcuts')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
