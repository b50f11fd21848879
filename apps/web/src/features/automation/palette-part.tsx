import { useQuery } from '@apollo/client/react';
import { IconRobot } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NavigationDocument } from '../project/navigation.generated.ts';
import type { Command, PalettePart } from '../shell/palette-part.ts';

/** The rules of each project. */
function useCommands(): readonly Command[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const { data } = useQuery(NavigationDocument);
  return useMemo(
    () =>
      (data?.projects ?? []).map((project): Command => ({
        id: `rules-${project.id}`,
        group: 'pages',
        quiet: true,
        hint: project.key,
        label: t('palette.rulesOf', { project: project.name }),
        icon: <IconRobot size={16} aria-hidden="true" />,
        run: () => void navigate({ to: '/projects/$projectKey/rules', params: { projectKey: project.key } }),
      })),
    [t, navigate, data],
  );
}

export const palettePart: PalettePart = { useCommands };
