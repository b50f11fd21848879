import { Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MODIFIER } from '../shell/keys.ts';
import { openPalette } from '../shell/palette-state.ts';
import { PLACE_GROUPS, useRooms, type PlaceGroup } from '../shell/rooms.ts';
import { AccountButton } from './AccountButton.tsx';
import { OrganisationButton } from './OrganisationButton.tsx';
import classes from './Sidebar.module.css';
import { SidebarItem } from './SidebarItem.tsx';

/** Where one can go: one's own places, what the rooms add below them, the places of each group, and the account. */
export function Sidebar({ className }: { className?: string }) {
  const { t } = useTranslation('shell');
  const rooms = useRooms();
  const [main, ...others] = PLACE_GROUPS;
  return (
    <nav aria-label={t('nav.label')} className={`${classes.root} ${className ?? ''}`}>
      <div className={classes.top}>
        <OrganisationButton />
        <div className={classes.do}>
          <button type="button" className={classes.search} onClick={openPalette} title={t('palette.open')}>
            <IconSearch size={14} aria-hidden="true" />
            <span>{t('palette.open')}</span>
            <Kbd size="xs" aria-hidden="true">
              {MODIFIER} K
            </Kbd>
          </button>
          {rooms.map(({ NewButton }, i) => NewButton && <NewButton key={i} />)}
        </div>
      </div>
      <div className={classes.scroll}>
        <Places group={main} />
        {rooms.map(({ Navigation }, i) => Navigation && <Navigation key={i} />)}
        {others.map((group) => (
          <section key={group}>
            <h2 className={classes.heading}>{t(`nav.group.${group}`)}</h2>
            <Places group={group} />
          </section>
        ))}
      </div>
      <AccountButton />
    </nav>
  );
}

function Places({ group }: { group: PlaceGroup }) {
  const { t } = useTranslation('shell');
  const places = useRooms()
    .flatMap((room) => room.places ?? [])
    .filter((place) => place.group === group);
  return (
    <ul className={classes.list}>
      {places.map(({ label, ...place }) => (
        <SidebarItem key={label} {...place} label={t(label)} />
      ))}
    </ul>
  );
}
