import { IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PalettePart, ThingLines } from '../shell/palette-part.ts';

/** A person leads to what they have to do. */
function useThings(): ThingLines {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  return useMemo(
    () => ({
      PERSON: ({ id, title, person }) => ({
        id,
        label: title,
        icon: <IconUser size={16} role="img" aria-label={t('palette.kind.PERSON')} />,
        person,
        run: () => void navigate({ to: '/tickets', search: { query: `assignee:${id} is:unfinished` } }),
      }),
    }),
    [t, navigate],
  );
}

export const palettePart: PalettePart = { useThings };
