import { IconRun } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PalettePart, ThingLines } from '../shell/palette-part.ts';

function useThings(): ThingLines {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return useMemo(
    () => ({
      SPRINT: ({ id, title, of, projectKey, sprintState }) => ({
        id,
        label: title,
        of,
        icon: <IconRun size={16} role="img" aria-label={t('palette.kind.SPRINT')} />,
        state: sprintState && t(`palette.sprintState.${sprintState}`),
        run: () => void navigate({ to: '/projects/$projectKey/sprints/$sprintId', params: { projectKey: projectKey ?? '', sprintId: id } }),
      }),
    }),
    [t, navigate],
  );
}

export const palettePart: PalettePart = { useThings };
