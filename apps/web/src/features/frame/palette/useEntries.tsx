import { useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useNavigate, type NavigateOptions } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_CODES, LANGUAGES } from '@trainyard/domain';
import { useLanguage } from '../../access/useLanguage.ts';
import { matches, type Entry, type PaletteSource } from '../../shell/entry.ts';
import { useRooms } from '../../shell/rooms.ts';
import { openShortcutSheet } from '../shortcut-sheet-state.ts';

const SIZE = 16;

/** The pages of all rooms, and what the frame itself can do. */
export const useEntries: PaletteSource = (typed) => {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const rooms = useRooms();
  const [language, chooseLanguage] = useLanguage();
  const { setColorScheme } = useMantineColorScheme();

  const all = useMemo(() => {
    const pages = rooms
      .flatMap(({ places = [] }) => places)
      .map(({ to, search, label, icon: Symbol }): Entry => ({
        id: label,
        group: 'pages',
        label: t(label),
        icon: <Symbol size={SIZE} />,
        run: () => void navigate({ to, search } as NavigateOptions),
      }));
    const commands: Entry[] = [
      ...LANGUAGE_CODES.filter((each) => each !== language).map((each): Entry => ({
        id: `language-${each}`,
        group: 'commands',
        label: t('palette.command.language', { language: LANGUAGES[each].name }),
        words: 'language 语言',
        icon: <IconLanguage size={SIZE} />,
        run: () => void chooseLanguage(each),
      })),
      { id: 'light', group: 'commands', label: t('palette.command.light'), icon: <IconSun size={SIZE} />, run: () => setColorScheme('light') },
      { id: 'dark', group: 'commands', label: t('palette.command.dark'), icon: <IconMoon size={SIZE} />, run: () => setColorScheme('dark') },
      { id: 'shortcuts', group: 'commands', label: t('palette.command.shortcuts'), icon: <IconKeyboard size={SIZE} />, run: openShortcutSheet },
    ];
    return [...pages, ...commands];
  }, [t, navigate, rooms, language, chooseLanguage, setColorScheme]);
  const entries = useMemo(() => all.filter((entry) => matches(entry, typed)), [all, typed]);
  return { entries, searching: false };
};
