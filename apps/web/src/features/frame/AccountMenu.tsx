import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '../access/useSignOut.ts';
import { LANGUAGE_CODES, LANGUAGES, languageOf } from '@trainyard/domain';
import { useLanguage } from '../access/useLanguage.ts';
import { ScreenAnchor } from '../shell/ScreenAnchor.tsx';
import type { MenuProps } from './MenuButton.tsx';
import { openShortcutSheet } from './shortcut-sheet-state.ts';

const SCHEMES: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

/** What the signed-in person sets for themselves, and the way out. */
export default function AccountMenu({ at, onClose }: MenuProps) {
  const { t } = useTranslation('shell');
  const [language, chooseLanguage] = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { signOut } = useSignOut();

  return (
    <Menu opened onClose={onClose} position="top-start" width={232} returnFocus={false} trapFocus>
      <Menu.Target>
        <ScreenAnchor at={at} aria-label={t('account.menu')} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('account.menu')}>
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
          {LANGUAGE_CODES.map((each) => (
            <Menu.RadioItem key={each} value={each} lang={each}>
              {LANGUAGES[each].name}
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
