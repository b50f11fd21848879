import { useQuery } from '@apollo/client/react';
import { IconLayoutKanban, IconListDetails, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { matches, type Entry, type PaletteSource } from '../shell/entry.ts';
import { NavigationDocument } from './navigation.generated.ts';

const SIZE = 16;

/** The boards and the tickets of all projects, and a new project for who may make one. */
export const useBoardEntries: PaletteSource = (typed) => {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const actor = useActor();
  const { data } = useQuery(NavigationDocument);

  const all = useMemo(() => {
    const boards = (data?.projects ?? []).flatMap((project) => [
      ...project.boards.map((board): Entry => ({
        id: board.id,
        group: 'boards',
        hint: project.key,
        label: project.boards.length > 1 ? `${project.name} · ${board.name}` : project.name,
        words: board.name,
        icon: <IconLayoutKanban size={SIZE} />,
        run: () => void navigate({ to: '/projects/$projectKey/board/$boardId', params: { projectKey: project.key, boardId: board.id } }),
      })),
      {
        id: `tickets-${project.id}`,
        group: 'boards',
        hint: project.key,
        label: t('palette.ticketsOf', { project: project.name }),
        icon: <IconListDetails size={SIZE} />,
        run: () => void navigate({ to: '/projects/$projectKey/tickets', params: { projectKey: project.key } }),
      } satisfies Entry,
    ]);
    if (!can(actor, 'project.create')) return boards;
    const create: Entry = {
      id: 'new-project',
      group: 'commands',
      label: t('palette.command.newProject'),
      icon: <IconPlus size={SIZE} />,
      run: () => void navigate({ to: '/projects/new' }),
    };
    return [...boards, create];
  }, [t, navigate, actor, data]);
  const entries = useMemo(() => all.filter((entry) => matches(entry, typed)), [all, typed]);
  return { entries, searching: false };
};
