import { Badge } from '@mantine/core';
import { HeadOfActions, Table } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfessionName } from '../../i18n/useProfessionName.ts';
import { AllocationTotal, type Share } from './AllocationTotal.tsx';
import { Period } from './Period.tsx';
import { PersonName } from './PersonName.tsx';
import type { TeamPastQuery } from './team.generated.ts';

type PastMembership = NonNullable<TeamPastQuery['team']>['pastMemberships'][number];
/** A row; with all shares of the person where the sum over all teams is to be shown. */
export type ShownMembership = Omit<PastMembership, 'user'> & { user: PastMembership['user'] & { memberships?: readonly Share[] } };

export interface MembershipTableProps<T extends ShownMembership> {
  caption: string;
  memberships: readonly T[];
  /** The day (ISO) of the sum over all teams; without it there is no such column. */
  totalOn?: string;
  actions?: (membership: T) => ReactNode;
}

/** Members in rows: profession, rights, share of time here and over all teams, and from when to when. */
export function MembershipTable<T extends ShownMembership>({ caption, memberships, totalOn, actions }: MembershipTableProps<T>) {
  const { t } = useTranslation('staffing');
  const professionName = useProfessionName();
  return (
    <Table
      caption={caption}
      minWidth={totalOn ? 760 : 640}
      head={
        <>
          <th scope="col">{t('member.person')}</th>
          <th scope="col">{t('member.profession')}</th>
          <th scope="col">{t('member.rights')}</th>
          <th scope="col" data-numeric>
            {t('member.here')}
          </th>
          {totalOn && <th scope="col">{t('member.total')}</th>}
          <th scope="col">{t('member.period')}</th>
          {actions && <HeadOfActions label={t('member.more')} />}
        </>
      }
    >
      {memberships.map((membership) => (
        <tr key={membership.id}>
          <th scope="row">
            <PersonName person={membership.user} />
          </th>
          <td>{professionName(membership.profession)}</td>
          <td>{membership.teamRole === 'LEAD' ? <Badge>{t('teamRole.LEAD')}</Badge> : t(`teamRole.${membership.teamRole}`)}</td>
          <td data-numeric>{membership.allocation}%</td>
          {totalOn && (
            <td>
              <AllocationTotal shares={membership.user.memberships ?? []} on={totalOn} />
            </td>
          )}
          <td>
            <Period fromDate={membership.fromDate} toDate={membership.toDate} />
          </td>
          {actions && <td data-actions>{actions(membership)}</td>}
        </tr>
      ))}
    </Table>
  );
}
