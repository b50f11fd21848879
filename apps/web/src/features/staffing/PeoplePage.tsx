import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { can, PERSON_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamesByField } from '../lists/suggestions.ts';
import { useActor } from '../access/useActor.ts';
import { ListPage } from '../lists/ListPage.tsx';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import { CreatePersonDialog } from './CreatePersonDialog.tsx';
import { PeopleDocument } from './people.generated.ts';
import { usePeopleColumns } from './usePeopleColumns.tsx';
import { StaffingNamesDocument } from './teams.generated.ts';
import { usePeopleWords } from './usePeopleWords.ts';
import { useProfessionName } from '../../i18n/useProfessionName.ts';

/** Everybody who has an account here, by name. */
export function PeoplePage() {
  const { t } = useTranslation('staffing');
  const mayManage = can(useActor(), 'user.manage');
  const [creating, setCreating] = useState(false);
  const query = useAskedQuery(PERSON_FIELDS);
  const words = usePeopleWords();
  const columns = usePeopleColumns();
  const names = useStaffingNames();
  const answer = useList(PeopleDocument, query === null ? null : { query }, (data) => data.users);
  return (
    <>
      <ListPage
        title={t('people')}
        actions={
          mayManage && (
            <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
              {t('person.add')}
            </Button>
          )
        }
        list={{ name: 'people', fields: PERSON_FIELDS, words, columns, names, example: 'role:admin -is:disabled', minWidth: 960 }}
        answer={answer}
        project={null}
        empty={<EmptyState icon={<IconUsers />} title={t('person.none')} />}
      />
      <CreatePersonDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function useStaffingNames(): NamesByField {
  const professionName = useProfessionName();
  const { data } = useQuery(StaffingNamesDocument);
  return useMemo(
    () => ({ team: (data?.teams ?? []).map(({ name }) => name), profession: (data?.professions ?? []).map((one) => professionName(one)) }),
    [data, professionName],
  );
}
