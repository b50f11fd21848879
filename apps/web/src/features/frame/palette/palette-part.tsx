import { useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useNavigate, type NavigateOptions } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_CODES, LANGUAGES } from '@trainyard/domain';
import { useLanguage } from '../../access/useLanguage.ts';
import type { Command, PalettePart } from '../../shell/palette-part.ts';
import { useRooms } from '../../shell/rooms.ts';
import { openShortcutSheet } from '../shortcut-sheet-state.ts';

const SIZE = 16;

/** The pages of all rooms, and what the frame itself can do. */
function useCommands(): readonly Command[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const rooms = useRooms();
  const [language, chooseLanguage] = useLanguage();
  const { setColorScheme } = useMantineColorScheme();

  return useMemo(() => {
    const goKeys = rooms.flatMap((room) => room.goKeys ?? []);
    const pages = rooms
      .flatMap(({ places = [] }) => places)
      .map(({ to, search, label, icon: Symbol }): Command => {
        const key = search ? undefined : goKeys.find((one) => one.to().to === to)?.letter;
        return {
          id: label,
          group: 'pages',
          label: t(label),
          icon: <Symbol size={SIZE} aria-hidden="true" />,
          ...(key && { shortcut: `G ${key.toUpperCase()}` }),
          run: () => void navigate({ to, search } as NavigateOptions),
        };
      });
    const command = (id: string, label: string, Symbol: typeof IconSun, run: () => void): Command => ({
      id,
      group: 'commands',
      label,
      icon: <Symbol size={SIZE} aria-hidden="true" />,
      run,
    });
    return [
      ...pages,
      ...LANGUAGE_CODES.filter((each) => each !== language).map((each) => ({
        ...command(`language-${each}`, t('palette.command.language', { language: LANGUAGES[each].name }), IconLanguage, () => void chooseLanguage(each)),
        words: 'language 语言',
      })),
      command('light', t('palette.command.light'), IconSun, () => setColorScheme('light')),
      command('dark', t('palette.command.dark'), IconMoon, () => setColorScheme('dark')),
      { ...command('shortcuts', t('palette.command.shortcuts'), IconKeyboard, openShortcutSheet), shortcut: '?' },
    ];
  }, [t, navigate, rooms, language, chooseLanguage, setColorScheme]);
}

export const palettePart: PalettePart = { useCommands };
