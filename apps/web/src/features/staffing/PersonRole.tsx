import { Select } from '@mantine/core';
import { ORG_ROLES, type OrgRole } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import type { PersonRowFragment } from './people.generated.ts';
import { useChangePerson } from './useChangePerson.ts';

/** The role of a person in the organisation, to be changed by who may. */
export function PersonRole({ person }: { person: PersonRowFragment }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const { may, mayOwner, change, loading } = useChangePerson(person);
  if (!may) return t(`shell:orgRole.${person.orgRole}`);
  return (
    <Select
      aria-label={t('person.roleOf', { name: person.name })}
      w={140}
      my={2}
      allowDeselect={false}
      disabled={loading}
      value={person.orgRole}
      onChange={(value) => value && void change({ orgRole: value as OrgRole })}
      data={ORG_ROLES.filter((role) => role !== 'OWNER' || mayOwner).map((value) => ({ value, label: t(`shell:orgRole.${value}`) }))}
    />
  );
}
