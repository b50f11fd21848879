import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PalettePart, ThingLines } from '../shell/palette-part.ts';
import { RunStateBadge } from './RunStateBadge.tsx';

function useThings(): ThingLines {
  const { t } = useTranslation(['training', 'shell']);
  const navigate = useNavigate();
  return useMemo(
    () => ({
      RUN: ({ id, title, key, number, runState, person }) => ({
        id,
        label: title,
        hint: t('page.short', { number }),
        of: key,
        icon: <IconPlayerPlay size={16} role="img" aria-label={t('shell:palette.kind.RUN')} />,
        state: runState && <RunStateBadge state={runState} />,
        person,
        run: () => void navigate({ to: '/runs/$runId', params: { runId: id } }),
      }),
    }),
    [t, navigate],
  );
}

export const palettePart: PalettePart = { useThings };
