import { Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import { Brand } from '../shell/Brand.tsx';
import { MODIFIER } from '../shell/keys.ts';
import { openPalette } from '../shell/palette-state.ts';
import { useRooms } from '../shell/rooms.ts';
import { AccountButton } from './AccountButton.tsx';
import classes from './Sidebar.module.css';
import { SidebarItem } from './SidebarItem.tsx';

/** The main places, what the rooms add below them, and the account. */
export function Sidebar({ className }: { className?: string }) {
  const { t } = useTranslation('shell');
  const viewer = useViewer();
  const rooms = useRooms();
  return (
    <nav aria-label={t('nav.label')} className={`${classes.root} ${className ?? ''}`}>
      <div className={classes.top}>
        <Link to="/projects" className={classes.home}>
          <Brand name={viewer.organisation.name} />
        </Link>
        <button type="button" className={classes.search} onClick={openPalette}>
          <IconSearch size={14} aria-hidden="true" />
          <span>{t('palette.open')}</span>
          <Kbd size="xs" aria-hidden="true">
            {MODIFIER} K
          </Kbd>
        </button>
      </div>
      <div className={classes.scroll}>
        <ul className={classes.list}>
          {rooms
            .flatMap(({ places = [] }) => places)
            .filter(({ inSidebar }) => inSidebar)
            .map(({ label, ...place }) => (
              <SidebarItem key={label} {...place} label={t(label)} />
            ))}
        </ul>
        {rooms.map(({ Navigation }, i) => Navigation && <Navigation key={i} />)}
      </div>
      <AccountButton />
    </nav>
  );
}
