import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Menu, Skeleton, ActionIcon, TextInput } from '@mantine/core';
import { can } from '@trainyard/domain';
import { ConfirmDialog, Delayed } from '@trainyard/ui';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { StateNotice } from '../shell/StateNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { EditTeamDialog } from './EditTeamDialog.tsx';
import { MembershipDialog } from './MembershipDialog.tsx';
import { Memberships } from './Memberships.tsx';
import { PastMemberships } from './PastMemberships.tsx';
import { TeamOnDay } from './TeamOnDay.tsx';
import { DeleteTeamDocument, TeamDocument, type TeamQuery } from './team.generated.ts';
import { TeamsDocument } from './teams.generated.ts';

export type TeamDetails = NonNullable<TeamQuery['team']>;
export type Membership = TeamDetails['memberships'][number];

export function TeamPage() {
  const { teamId } = useParams({ from: '/_app/teams/$teamId' });
  return <Team teamId={teamId} />;
}

export function Team({ teamId }: { teamId: string }) {
  const { t } = useTranslation('staffing');
  const format = useFormat();
  const actor = useActor();
  const { data, error, refetch } = useQuery(TeamDocument, { variables: { id: teamId }, fetchPolicy: 'cache-and-network' });
  const [adding, setAdding] = useState(false);
  const [on, setOn] = useState('');
  const team = data?.team;
  if (data && !team) return <NotFoundPage />;
  const deletedAt = team?.deletedAt ?? null;
  const mayManage = deletedAt === null && can(actor, 'team.manage', { teamId });
  return (
    <Page
      title={team?.name ?? t('teams')}
      lead={team?.description}
      trail={[<Link to="/teams">{t('teams')}</Link>, team?.name]}
      actions={
        team &&
        mayManage && (
          <>
            <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
              {t('member.add')}
            </Button>
            <TeamMenu team={team} />
          </>
        )
      }
    >
      <ErrorNotice error={error} onRetry={refetch} />
      {team ? (
        <>
          {deletedAt !== null && <StateNotice icon={IconTrash} text={t('team.deleted', { day: format.day(deletedAt) })} />}
          <Group gap="sm" align="flex-end">
            <TextInput
              type="date"
              label={t('member.on')}
              description={t(deletedAt === null ? 'member.onText' : 'member.onDeletedText')}
              value={on}
              onChange={(event) => setOn(event.currentTarget.value)}
            />
            {on !== '' && (
              <Button variant="default" onClick={() => setOn('')}>
                {t(deletedAt === null ? 'member.onToday' : 'member.onDeleted')}
              </Button>
            )}
          </Group>
          {on !== '' ? (
            <TeamOnDay teamId={team.id} on={on} />
          ) : deletedAt !== null ? (
            <PastMemberships teamId={team.id} alone />
          ) : (
            <Memberships team={team} mayManage={mayManage} onAdd={() => setAdding(true)} />
          )}
          <MembershipDialog teamId={team.id} opened={adding} onClose={() => setAdding(false)} />
        </>
      ) : (
        !error && (
          <Delayed>
            <Skeleton height={200} />
          </Delayed>
        )
      )}
    </Page>
  );
}

function TeamMenu({ team }: { team: TeamDetails }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const actor = useActor();
  const toast = useToast();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [doomed, setDoomed] = useState(false);
  const [remove, { loading }] = useMutation(DeleteTeamDocument, { refetchQueries: [TeamsDocument], errorPolicy: 'all', onError: toast.failed });

  const confirm = async (): Promise<void> => {
    const { data } = await remove({ variables: { id: team.id, version: team.version } });
    setDoomed(false);
    if (data) await navigate({ to: '/teams' });
  };

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="var(--control-height)" aria-label={t('team.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => setEditing(true)}>
            {t('team.edit')}
          </Menu.Item>
          {can(actor, 'team.create') && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.6} />} onClick={() => setDoomed(true)}>
              {t('team.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <EditTeamDialog team={team} opened={editing} onClose={() => setEditing(false)} />
      <ConfirmDialog
        opened={doomed}
        title={t('team.deleteTitle', { name: team.name })}
        labels={{ confirm: t('team.delete'), cancel: t('shell:cancel') }}
        pending={loading}
        onConfirm={() => void confirm()}
        onCancel={() => setDoomed(false)}
      >
        {t('team.deleteText')}
      </ConfirmDialog>
    </>
  );
}
