import { useQuery } from '@apollo/client/react';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Delayed } from '@trainyard/ui';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './Memberships.module.css';
import { MembershipTable, type ShownMembership } from './MembershipTable.tsx';
import { TeamPastDocument } from './team.generated.ts';

export interface PastMembershipsProps {
  teamId: string;
  /** Nothing else is shown of the team. */
  alone?: boolean;
  actions?: (membership: ShownMembership) => ReactNode;
}

/** Who was in the team before, asked for when somebody wants to see it. */
export function PastMemberships({ teamId, alone = false, actions }: PastMembershipsProps) {
  const { t } = useTranslation('staffing');
  const [shown, setShown] = useState(alone);
  const { data, error, refetch } = useQuery(TeamPastDocument, { variables: { id: teamId }, skip: !shown, fetchPolicy: 'cache-and-network' });
  const past = data?.team?.pastMemberships;
  return (
    <Stack component="section" gap="xs">
      <Group gap="sm">
        <h2 className={classes.heading}>{t('member.past')}</h2>
        {!alone && (
          <Button variant="subtle" size="compact-sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? t('member.hidePast') : t('member.showPast')}
          </Button>
        )}
      </Group>
      {shown && <ErrorNotice error={error} onRetry={refetch} />}
      {shown && !past && !error && (
        <Delayed>
          <Skeleton height={80} />
        </Delayed>
      )}
      {shown && past?.length === 0 && <Text c="dimmed">{t('member.nonePast')}</Text>}
      {shown && past && past.length > 0 && <MembershipTable caption={t('member.past')} memberships={past} actions={actions} />}
    </Stack>
  );
}
