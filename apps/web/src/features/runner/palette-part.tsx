import { IconCpu } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PalettePart, ThingLines } from '../shell/palette-part.ts';
import { RunnerState } from './RunnerState.tsx';

function useThings(): ThingLines {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return useMemo(
    () => ({
      RUNNER: ({ id, title, of, online }) => ({
        id,
        label: title,
        of,
        icon: <IconCpu size={16} role="img" aria-label={t('palette.kind.RUNNER')} />,
        state: <RunnerState online={online === true} />,
        run: () => void navigate({ to: '/runners', hash: `runner-${id}` }),
      }),
    }),
    [t, navigate],
  );
}

export const palettePart: PalettePart = { useThings };
