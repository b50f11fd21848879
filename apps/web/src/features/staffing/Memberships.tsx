import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Menu, Radio, Stack } from '@mantine/core';
import { IconDots, IconPencil, IconUserMinus, IconUsersGroup } from '@tabler/icons-react';
import { ConfirmDialog, EmptyState } from '@trainyard/ui';
import { holdsOn } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverToday } from '../../server-clock.ts';
import { useToast } from '../shell/useToast.ts';
import { MembershipDialog } from './MembershipDialog.tsx';
import classes from './Memberships.module.css';
import { MembershipTable, type ShownMembership } from './MembershipTable.tsx';
import { PastMemberships } from './PastMemberships.tsx';
import { RemoveMembershipDocument, TeamDocument } from './team.generated.ts';
import type { Membership, TeamDetails } from './TeamPage.tsx';

/** Who is in the team today, who will be and who was. */
export function Memberships({ team, mayManage, onAdd }: { team: TeamDetails; mayManage: boolean; onAdd: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const [edited, setEdited] = useState<Membership | null>(null);
  const [leaving, setLeaving] = useState<ShownMembership | null>(null);
  const today = serverToday();
  const [now, coming] = [team.memberships.filter((one) => holdsOn(one, today)), team.memberships.filter((one) => !holdsOn(one, today))];
  const actions = mayManage
    ? (membership: Membership) => <RowMenu membership={membership} onEdit={() => setEdited(membership)} onRemove={() => setLeaving(membership)} />
    : undefined;
  return (
    <Stack gap="lg">
      {now.length === 0 ? (
        <EmptyState
          icon={<IconUsersGroup />}
          title={coming.length === 0 ? t('member.none') : t('member.noneToday')}
          action={mayManage && <Button onClick={onAdd}>{t('member.add')}</Button>}
        />
      ) : (
        <MembershipTable caption={t('member.title')} memberships={now} totalOn={today} actions={actions} />
      )}
      {coming.length > 0 && (
        <Stack component="section" gap="xs">
          <h2 className={classes.heading}>{t('member.coming')}</h2>
          <MembershipTable caption={t('member.coming')} memberships={coming} actions={actions} />
        </Stack>
      )}
      <PastMemberships
        teamId={team.id}
        actions={mayManage ? (membership) => <RowMenu membership={membership} onRemove={() => setLeaving(membership)} /> : undefined}
      />
      <MembershipDialog teamId={team.id} membership={edited ?? undefined} opened={edited !== null} onClose={() => setEdited(null)} />
      {leaving && <RemoveDialog teamId={team.id} membership={leaving} today={today} onClose={() => setLeaving(null)} />}
    </Stack>
  );
}

function RowMenu({ membership, onEdit, onRemove }: { membership: ShownMembership; onEdit?: () => void; onRemove: () => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('member.moreOf', { name: membership.user.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onEdit && (
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={onEdit}>
            {t('member.edit')}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconUserMinus size={16} stroke={1.6} />} onClick={onRemove}>
          {onEdit ? t('member.remove') : t('member.takeBack')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Asks before a person is taken out: whether they leave, or never were in the team by this. */
function RemoveDialog({ teamId, membership, today, onClose }: { teamId: string; membership: ShownMembership; today: string; onClose: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const toast = useToast();
  const [mistake, setMistake] = useState(false);
  const [remove, { loading }] = useMutation(RemoveMembershipDocument, {
    refetchQueries: [TeamDocument],
    // those who left are asked for again where they are shown
    update: (cache) => cache.evict({ id: cache.identify({ __typename: 'Team', id: teamId }), fieldName: 'pastMemberships' }),
    errorPolicy: 'all',
    onError: toast.failed,
  });
  const { id, version, user, fromDate } = membership;
  const leaves = holdsOn(membership, today) && (fromDate === null || fromDate < today);
  const confirm = async (): Promise<void> => {
    await remove({ variables: { id, version, neverWas: leaves ? mistake : true } });
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={leaves ? t('member.removeTitle', { name: user.name }) : t('member.takeBackTitle', { name: user.name })}
      labels={{ confirm: leaves ? t('member.remove') : t('member.takeBack'), cancel: t('shell:cancel') }}
      pending={loading}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      {leaves ? (
        <Radio.Group aria-label={t('member.remove')} value={mistake ? 'NEVER' : 'LEAVES'} onChange={(value) => setMistake(value === 'NEVER')}>
          <Stack gap="xs">
            <Radio value="LEAVES" label={t('member.leaves')} description={t('member.removeText')} />
            <Radio value="NEVER" label={t('member.mistake')} description={t('member.takeBackText')} />
          </Stack>
        </Radio.Group>
      ) : (
        t('member.takeBackText')
      )}
    </ConfirmDialog>
  );
}
