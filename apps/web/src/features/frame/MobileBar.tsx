import { ActionIcon, Burger } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../shell/Brand.tsx';
import { openPalette } from '../shell/palette-state.ts';
import classes from './MobileBar.module.css';

export function MobileBar({ opened, onOpen }: { opened: boolean; onOpen: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <nav className={classes.bar} aria-label={t('nav.bar')}>
      <Burger opened={opened} onClick={onOpen} size="sm" aria-label={t('nav.open')} aria-expanded={opened} />
      <Brand />
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('palette.open')} onClick={openPalette}>
        <IconSearch size={18} />
      </ActionIcon>
    </nav>
  );
}
