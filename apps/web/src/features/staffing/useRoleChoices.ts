import { useQuery } from '@apollo/client/react';
import { ROLE_GROUPS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RolesDocument } from './teams.generated.ts';
import { useRoleName } from '../../i18n/useRoleName.ts';

/** The professions for a Select, under their three groups. */
export function useRoleChoices(): { group: string; items: { value: string; label: string }[] }[] {
  const { t } = useTranslation('staffing');
  const roleName = useRoleName();
  const { data } = useQuery(RolesDocument);
  return useMemo(
    () =>
      ROLE_GROUPS.map((group) => ({
        group: t(`group.${group}`),
        items: (data?.roles ?? []).filter((role) => role.group === group).map((role) => ({ value: role.id, label: roleName(role) })),
      })).filter(({ items }) => items.length > 0),
    [data, roleName, t],
  );
}
