import { IconDatabase } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PalettePart, ThingLines } from '../shell/palette-part.ts';
import { DatasetStateBadge } from './DatasetStateBadge.tsx';

function useThings(): ThingLines {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return useMemo(
    () => ({
      DATASET: ({ id, title, of, datasetState, person }) => ({
        id,
        label: title,
        of,
        icon: <IconDatabase size={16} role="img" aria-label={t('palette.kind.DATASET')} />,
        state: datasetState && <DatasetStateBadge state={datasetState} />,
        person,
        run: () => void navigate({ to: '/datasets/$datasetId', params: { datasetId: id } }),
      }),
    }),
    [t, navigate],
  );
}

export const palettePart: PalettePart = { useThings };
