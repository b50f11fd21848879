import { Menu, UnstyledButton, VisuallyHidden, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Face } from '@trainyard/ui';
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
        <UnstyledButton className={classes.target}>
          <Face name={viewer.user.name} />
          <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
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
        <Menu.Label>{t('account.theme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`theme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('account.language')}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(value) => void chooseLanguage(languageOf(value))}>
          {LANGUAGES.map((each) => (
            <Menu.RadioItem key={each} value={each} lang={each}>
              {LANGUAGE_NAMES[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
