import { useQuery } from '@apollo/client/react';
import { IconLayoutKanban, IconListDetails, IconPlus, IconStack2 } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import type { Command, PalettePart, ThingLines } from '../shell/palette-part.ts';
import { NavigationDocument } from './navigation.generated.ts';
import { lastBoard } from './recent-boards.ts';

const SIZE = 16;

/** The tickets of each project, and a new project for who may make one. */
function useCommands(): readonly Command[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const actor = useActor();
  const { data } = useQuery(NavigationDocument);

  return useMemo(() => {
    const tickets = (data?.projects ?? []).map((project): Command => ({
      id: `tickets-${project.id}`,
      group: 'pages',
      quiet: true,
      hint: project.key,
      label: t('palette.ticketsOf', { project: project.name }),
      icon: <IconListDetails size={SIZE} aria-hidden="true" />,
      run: () => void navigate({ to: '/projects/$projectKey/tickets', params: { projectKey: project.key } }),
    }));
    if (!can(actor, 'project.create')) return tickets;
    const create: Command = {
      id: 'new-project',
      group: 'commands',
      label: t('palette.command.newProject'),
      icon: <IconPlus size={SIZE} aria-hidden="true" />,
      run: () => void navigate({ to: '/projects/new' }),
    };
    return [...tickets, create];
  }, [t, navigate, actor, data]);
}

/** A project leads to the board one was on, as in the sidebar. */
function useThings(): ThingLines {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return useMemo(() => {
    const toBoard = (projectKey: string, boardId: string): void =>
      void navigate({ to: '/projects/$projectKey/board/$boardId', params: { projectKey, boardId } });
    return {
      PROJECT: ({ id, title, key, boardId }) => ({
        id,
        label: title,
        hint: key ?? '',
        icon: <IconStack2 size={SIZE} role="img" aria-label={t('palette.kind.PROJECT')} />,
        run() {
          const board = lastBoard(key ?? '')?.boardId ?? boardId;
          if (board !== null) toBoard(key ?? '', board);
          else void navigate({ to: '/projects/$projectKey', params: { projectKey: key ?? '' } });
        },
      }),
      BOARD: ({ id, title, of, projectKey }) => ({
        id,
        label: title,
        hint: projectKey ?? '',
        // often it is called as its project
        of: of === title ? null : of,
        icon: <IconLayoutKanban size={SIZE} role="img" aria-label={t('palette.kind.BOARD')} />,
        run: () => toBoard(projectKey ?? '', id),
      }),
    };
  }, [t, navigate]);
}

export const palettePart: PalettePart = { useCommands, useThings };
