import { Avatar, Menu, SegmentedControl, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '../access/useSignOut.ts';
import { useViewer } from '../access/useActor.tsx';
import { LANGUAGES, LANGUAGE_NAMES, languageOf } from '../../i18n/languages.ts';
import { useLanguage } from './useLanguage.ts';
import { openShortcutSheet } from './shortcut-sheet-state.ts';
import classes from './AccountMenu.module.css';

const SCHEMES: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

export function AccountMenu() {
  const { t } = useTranslation('shell');
  const viewer = useViewer();
  const [language, chooseLanguage] = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { signOut } = useSignOut();

  return (
    <Menu position="top-start" width={232} keepMounted={false}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t('account.menu', { name: viewer.user.name })}>
          <Avatar name={viewer.user.name} color="initials" size={24} aria-hidden="true" />
          <span className={classes.who}>
            <span className={classes.name}>{viewer.user.name}</span>
            <span className={classes.role}>{t(`orgRole.${viewer.user.orgRole}`)}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} stroke={1.6} />}>
          {t('account.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={openShortcutSheet}>
          {t('account.shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <div className={classes.choice}>
          <span id="account-theme">{t('account.theme')}</span>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-labelledby="account-theme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
            data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`theme.${scheme}`) }))}
          />
        </div>
        <div className={classes.choice}>
          <span id="account-language">{t('account.language')}</span>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-labelledby="account-language"
            value={language}
            onChange={(value) => void chooseLanguage(languageOf(value))}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
