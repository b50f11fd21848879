import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Menu, Select } from '@mantine/core';
import { ORG_ROLES, can, holdsOn, type OrgRole } from '@trainyard/domain';
import { ConfirmDialog } from '@trainyard/ui';
import { IconDots, IconKey, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverToday } from '../../server-clock.ts';
import { useActor } from '../access/useActor.ts';
import { useToast } from '../shell/useToast.ts';
import { AllocationTotal } from './AllocationTotal.tsx';
import { PersonHistory } from './PersonHistory.tsx';
import { PersonName } from './PersonName.tsx';
import classes from './PersonRow.module.css';
import { UpdateUserDocument, type PeopleQuery } from './people.generated.ts';
import type { UpdateUserInput } from '../../schema.generated.ts';
import { SetPasswordDialog } from './SetPasswordDialog.tsx';

export type Person = PeopleQuery['users']['nodes'][number];

export function PersonRow({ person, mayManage }: { person: Person; mayManage: boolean }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const actor = useActor();
  const toast = useToast();
  const [update, { loading }] = useMutation(UpdateUserDocument, { errorPolicy: 'all', onError: toast.failed });
  const [history, setHistory] = useState(false);
  const mayOwner = can(actor, 'owner.manage');
  // only an owner touches an owner
  const editable = mayManage && (person.orgRole !== 'OWNER' || mayOwner);
  const today = serverToday();
  const current = person.memberships.filter((membership) => holdsOn(membership, today));
  // one with two roles in a team is in it once
  const teams = [...new Map(current.map(({ team }) => [team.id, team])).values()];
  const change = (input: UpdateUserInput) => update({ variables: { id: person.id, version: person.version, input } });
  return (
    <tr>
      <th scope="row">
        <PersonName person={person} />
      </th>
      <td>
        {editable ? (
          <Select
            aria-label={t('person.roleOf', { name: person.name })}
            w={140}
            allowDeselect={false}
            disabled={loading}
            value={person.orgRole}
            onChange={(value) => value && void change({ orgRole: value as OrgRole })}
            data={ORG_ROLES.filter((role) => role !== 'OWNER' || mayOwner).map((value) => ({ value, label: t(`shell:orgRole.${value}`) }))}
          />
        ) : (
          t(`shell:orgRole.${person.orgRole}`)
        )}
      </td>
      <td>
        <ul className={classes.teams}>
          {teams.map((team) => (
            <li key={team.id}>
              <Link to="/teams/$teamId" params={{ teamId: team.id }}>
                {team.name}
              </Link>
            </li>
          ))}
        </ul>
      </td>
      <td>{current.length > 0 && <AllocationTotal shares={current} on={today} />}</td>
      <td>
        <Button variant="subtle" size="compact-sm" aria-label={t('history.openOf', { name: person.name })} onClick={() => setHistory(true)}>
          {t('history.open')}
        </Button>
        <PersonHistory person={person} opened={history} onClose={() => setHistory(false)} />
      </td>
      {mayManage && <td data-actions>{editable && <PersonMenu person={person} self={person.id === actor.userId} onChange={change} />}</td>}
    </tr>
  );
}

function PersonMenu({ person, self, onChange }: { person: Person; self: boolean; onChange: (input: UpdateUserInput) => Promise<unknown> }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const [disabling, setDisabling] = useState(false);
  const [settingPassword, setSettingPassword] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('member.moreOf', { name: person.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconKey size={16} stroke={1.6} />} onClick={() => setSettingPassword(true)}>
            {t('person.setPassword')}
          </Menu.Item>
          {person.disabled ? (
            <Menu.Item leftSection={<IconUserCheck size={16} stroke={1.6} />} onClick={() => void onChange({ disabled: false })}>
              {t('person.enable')}
            </Menu.Item>
          ) : (
            <Menu.Item color="red" disabled={self} leftSection={<IconUserOff size={16} stroke={1.6} />} onClick={() => setDisabling(true)}>
              {t('person.disable')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <SetPasswordDialog person={person} opened={settingPassword} onClose={() => setSettingPassword(false)} />
      <ConfirmDialog
        opened={disabling}
        title={t('person.disableTitle', { name: person.name })}
        labels={{ confirm: t('person.disable'), cancel: t('shell:cancel') }}
        onConfirm={() => {
          void onChange({ disabled: true });
          setDisabling(false);
        }}
        onCancel={() => setDisabling(false)}
      >
        {t('person.disableText')}
      </ConfirmDialog>
    </>
  );
}
