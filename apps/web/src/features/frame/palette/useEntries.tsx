import { useQuery } from '@apollo/client/react';
import { useMantineColorScheme } from '@mantine/core';
import { can } from '@trainyard/domain';
import {
  IconCpu,
  IconDatabase,
  IconKeyboard,
  IconLanguage,
  IconLayoutKanban,
  IconMoon,
  IconPlus,
  IconSettings,
  IconStack2,
  IconSun,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../../access/useActor.tsx';
import { LANGUAGES, LANGUAGE_NAMES } from '../../../i18n/languages.ts';
import { NavigationDocument } from '../../project/navigation.generated.ts';
import { openShortcutSheet } from '../shortcut-sheet-state.ts';
import { useLanguage } from '../../access/useLanguage.ts';
import type { Entry } from './entry.ts';

const SIZE = 16;

/** Everything the palette offers without asking the server. */
export function useEntries(): readonly Entry[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const actor = useActor();
  const [language, chooseLanguage] = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const { data } = useQuery(NavigationDocument);

  return useMemo(() => {
    const boards = (data?.projects ?? []).flatMap((project) =>
      project.boards.map((board): Entry => ({
        id: board.id,
        group: 'boards',
        hint: project.key,
        label: project.boards.length > 1 ? `${project.name} · ${board.name}` : project.name,
        words: board.name,
        icon: <IconLayoutKanban size={SIZE} />,
        run: () => void navigate({ to: '/projects/$projectKey/board/$boardId', params: { projectKey: project.key, boardId: board.id } }),
      })),
    );
    const pages: Entry[] = [
      { id: 'projects', group: 'pages', label: t('nav.projects'), icon: <IconStack2 size={SIZE} />, run: () => void navigate({ to: '/projects' }) },
      { id: 'datasets', group: 'pages', label: t('nav.datasets'), icon: <IconDatabase size={SIZE} />, run: () => void navigate({ to: '/datasets' }) },
      { id: 'runners', group: 'pages', label: t('nav.runners'), icon: <IconCpu size={SIZE} />, run: () => void navigate({ to: '/runners' }) },
      { id: 'teams', group: 'pages', label: t('nav.teams'), icon: <IconUsersGroup size={SIZE} />, run: () => void navigate({ to: '/teams' }) },
      { id: 'people', group: 'pages', label: t('nav.people'), icon: <IconUsers size={SIZE} />, run: () => void navigate({ to: '/people' }) },
      { id: 'settings', group: 'pages', label: t('account.settings'), icon: <IconSettings size={SIZE} />, run: () => void navigate({ to: '/settings' }) },
    ];
    const commands: Entry[] = [
      ...LANGUAGES.filter((each) => each !== language).map((each): Entry => ({
        id: `language-${each}`,
        group: 'commands',
        label: t('palette.command.language', { language: LANGUAGE_NAMES[each] }),
        words: 'language 语言',
        icon: <IconLanguage size={SIZE} />,
        run: () => void chooseLanguage(each),
      })),
      { id: 'light', group: 'commands', label: t('palette.command.light'), icon: <IconSun size={SIZE} />, run: () => setColorScheme('light') },
      { id: 'dark', group: 'commands', label: t('palette.command.dark'), icon: <IconMoon size={SIZE} />, run: () => setColorScheme('dark') },
      { id: 'shortcuts', group: 'commands', label: t('palette.command.shortcuts'), icon: <IconKeyboard size={SIZE} />, run: openShortcutSheet },
    ];
    if (can(actor, 'project.create')) {
      commands.unshift({
        id: 'new-project',
        group: 'commands',
        label: t('palette.command.newProject'),
        icon: <IconPlus size={SIZE} />,
        run: () => void navigate({ to: '/projects/new' }),
      });
    }
    return [...boards, ...pages, ...commands];
  }, [t, navigate, actor, language, chooseLanguage, setColorScheme, data]);
}
