import { useQuery } from '@apollo/client/react';
import { PROFESSION_GROUPS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProfessionsDocument } from './teams.generated.ts';
import { useProfessionName } from '../../i18n/useProfessionName.ts';

/** The professions for a Select, under their three groups. */
export function useProfessionChoices(): { group: string; items: { value: string; label: string }[] }[] {
  const { t } = useTranslation('staffing');
  const professionName = useProfessionName();
  const { data } = useQuery(ProfessionsDocument);
  return useMemo(
    () =>
      PROFESSION_GROUPS.map((group) => ({
        group: t(`group.${group}`),
        items: (data?.professions ?? [])
          .filter((profession) => profession.group === group)
          .map((profession) => ({ value: profession.id, label: professionName(profession) })),
      })).filter(({ items }) => items.length > 0),
    [data, professionName, t],
  );
}
