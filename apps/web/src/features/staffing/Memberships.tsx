import { useMutation } from '@apollo/client/react';
import { ActionIcon, Badge, Button, Menu } from '@mantine/core';
import { ConfirmDialog, EmptyState, HeadOfActions, Table } from '@trainyard/ui';
import { IconDots, IconPencil, IconUserMinus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useToast } from '../shell/useToast.ts';
import { AllocationTotal } from './AllocationTotal.tsx';
import { MembershipDialog } from './MembershipDialog.tsx';
import { PersonName } from './PersonName.tsx';
import { RemoveMembershipDocument, TeamDocument } from './team.generated.ts';
import type { Membership, TeamDetails } from './TeamPage.tsx';
import { useRoleName } from '../../i18n/useRoleName.ts';

/** Who is in the team: profession, rights, share of time here and over all teams. */
export function Memberships({ team, mayManage, onAdd }: { team: TeamDetails; mayManage: boolean; onAdd: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const toast = useToast();
  const [edited, setEdited] = useState<Membership | null>(null);
  const [leaving, setLeaving] = useState<Membership | null>(null);
  const [remove, { loading }] = useMutation(RemoveMembershipDocument, {
    refetchQueries: [TeamDocument],
    errorPolicy: 'all',
    onError: toast.failed,
  });

  const confirmRemove = async (): Promise<void> => {
    if (leaving) await remove({ variables: { id: leaving.id, version: leaving.version } });
    setLeaving(null);
  };

  if (team.memberships.length === 0) {
    return <EmptyState icon={<IconUsersGroup />} title={t('member.none')} action={mayManage && <Button onClick={onAdd}>{t('member.add')}</Button>} />;
  }
  return (
    <>
      <Table
        caption={t('member.title')}
        minWidth={760}
        head={
          <>
            <th scope="col">{t('member.person')}</th>
            <th scope="col">{t('member.profession')}</th>
            <th scope="col">{t('member.rights')}</th>
            <th scope="col" data-numeric>
              {t('member.here')}
            </th>
            <th scope="col">{t('member.total')}</th>
            <th scope="col">{t('member.period')}</th>
            {mayManage && <HeadOfActions label={t('member.more')} />}
          </>
        }
      >
        {team.memberships.map((membership) => (
          <Row
            key={membership.id}
            membership={membership}
            onEdit={mayManage ? () => setEdited(membership) : undefined}
            onRemove={() => setLeaving(membership)}
          />
        ))}
      </Table>
      <MembershipDialog teamId={team.id} membership={edited ?? undefined} opened={edited !== null} onClose={() => setEdited(null)} />
      <ConfirmDialog
        opened={leaving !== null}
        title={t('member.removeTitle', { name: leaving?.user.name ?? '' })}
        labels={{ confirm: t('member.remove'), cancel: t('shell:cancel'), close: t('shell:close') }}
        pending={loading}
        onConfirm={() => void confirmRemove()}
        onCancel={() => setLeaving(null)}
      >
        {t('member.removeText')}
      </ConfirmDialog>
    </>
  );
}

function Row({ membership, onEdit, onRemove }: { membership: Membership; onEdit?: () => void; onRemove: () => void }) {
  const { t } = useTranslation('staffing');
  const roleName = useRoleName();
  const { user } = membership;
  return (
    <tr>
      <th scope="row">
        <PersonName person={user} />
      </th>
      <td>{roleName(membership.role)}</td>
      <td>{membership.teamRole === 'LEAD' ? <Badge>{t('teamRole.LEAD')}</Badge> : t(`teamRole.${membership.teamRole}`)}</td>
      <td data-numeric>{membership.allocation}%</td>
      <td>
        <AllocationTotal shares={user.memberships} />
      </td>
      <td>
        <Period fromDate={membership.fromDate} toDate={membership.toDate} />
      </td>
      {onEdit && (
        <td data-actions>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('member.moreOf', { name: user.name })}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={onEdit}>
                {t('member.edit')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconUserMinus size={16} stroke={1.6} />} onClick={onRemove}>
                {t('member.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </td>
      )}
    </tr>
  );
}

function Period({ fromDate, toDate }: { fromDate: string | null; toDate: string | null }) {
  const { t } = useTranslation('staffing');
  const { day } = useFormat();
  // a day of the calendar has no time zone: noon keeps it that day everywhere
  const text = (date: string): string => day(`${date}T12:00:00`);
  if (fromDate && toDate) return t('period.both', { from: text(fromDate), to: text(toDate) });
  if (fromDate) return t('period.from', { from: text(fromDate) });
  if (toDate) return t('period.to', { to: text(toDate) });
  return t('period.open');
}
