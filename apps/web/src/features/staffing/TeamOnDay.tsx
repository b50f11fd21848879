import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { Delayed, EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { MembershipTable } from './MembershipTable.tsx';
import { TeamOnDayDocument } from './team.generated.ts';
import { useDayText } from './useDayText.ts';

/** Who is in the team on a day, by what is known now. */
export function TeamOnDay({ teamId, on }: { teamId: string; on: string }) {
  const { t } = useTranslation('staffing');
  const text = useDayText();
  const { data, error, refetch } = useQuery(TeamOnDayDocument, { variables: { id: teamId, on }, fetchPolicy: 'cache-and-network' });
  const memberships = data?.team?.memberships;
  return (
    <>
      <ErrorNotice error={error} onRetry={refetch} />
      {memberships?.length === 0 && <EmptyState icon={<IconUsersGroup />} title={t('member.noneOn', { day: text(on) })} />}
      {memberships && memberships.length > 0 && <MembershipTable caption={t('member.titleOn', { day: text(on) })} memberships={memberships} totalOn={on} />}
      {!memberships && !error && (
        <Delayed>
          <Skeleton height={200} />
        </Delayed>
      )}
    </>
  );
}
