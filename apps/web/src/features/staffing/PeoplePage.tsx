import { useQuery } from '@apollo/client/react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { can } from '@trainyard/domain';
import { Delayed, EmptyState, HeadOfActions, Table } from '@trainyard/ui';
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Page } from '../shell/Page.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { CreatePersonDialog } from './CreatePersonDialog.tsx';
import { PersonRow } from './PersonRow.tsx';
import { PeopleDocument } from './people.generated.ts';

const PAGE = 50;

export function PeoplePage() {
  const { t } = useTranslation('staffing');
  const mayManage = can(useActor(), 'user.manage');
  const [creating, setCreating] = useState(false);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const { data, previousData, error, refetch, fetchMore } = useQuery(PeopleDocument, {
    variables: { first: PAGE, search: search || null },
    fetchPolicy: 'cache-and-network',
  });
  const people = (data ?? previousData)?.users;
  const more = data?.users.pageInfo;

  return (
    <Page
      title={t('people')}
      lead={people && t('peopleCount', { count: people.totalCount })}
      actions={
        <>
          <TextInput
            type="search"
            aria-label={t('person.search')}
            placeholder={t('person.search')}
            leftSection={<IconSearch size={14} aria-hidden="true" />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {mayManage && (
            <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
              {t('person.add')}
            </Button>
          )}
        </>
      }
    >
      <ErrorNotice error={error} onRetry={refetch} />
      {people ? (
        people.nodes.length === 0 ? (
          <EmptyState icon={<IconUsers />} title={t('person.none')} />
        ) : (
          <Table
            caption={t('people')}
            minWidth={900}
            head={
              <>
                <th scope="col">{t('member.person')}</th>
                <th scope="col">{t('person.role')}</th>
                <th scope="col">{t('teams')}</th>
                <th scope="col">{t('member.total')}</th>
                <th scope="col">{t('history.head')}</th>
                {mayManage && <HeadOfActions label={t('member.more')} />}
              </>
            }
          >
            {people.nodes.map((person) => (
              <PersonRow key={person.id} person={person} mayManage={mayManage} />
            ))}
          </Table>
        )
      ) : (
        !error && (
          <Delayed>
            <Skeleton height={240} />
          </Delayed>
        )
      )}
      {/* not under those found before, while a new search is on its way */}
      {more?.hasNextPage && <ShowMore key={search} onMore={() => fetchMore({ variables: { after: more.endCursor } })} />}
      <CreatePersonDialog opened={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}
