import { ActionIcon, Menu } from '@mantine/core';
import { ConfirmDialog } from '@trainyard/ui';
import { IconCalendarTime, IconDots, IconHistory, IconKey, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import type { PersonRowFragment } from './people.generated.ts';
import { PersonHistory } from './PersonHistory.tsx';
import { SetPasswordDialog } from './SetPasswordDialog.tsx';
import { useChangePerson } from './useChangePerson.ts';
import { WorkTimeDialog } from './WorkTimeDialog.tsx';

/** What can be looked up of a person, and what may be done with the account. */
export function PersonMenu({ person }: { person: PersonRowFragment }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const { may, change } = useChangePerson(person);
  const isSelf = useActor().userId === person.id;
  const [dialog, setDialog] = useState<'HISTORY' | 'WORK' | 'PASSWORD' | 'DISABLE' | null>(null);
  const close = (): void => setDialog(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('member.moreOf', { name: person.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconHistory size={16} stroke={1.6} />} onClick={() => setDialog('HISTORY')}>
            {t('history.open')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCalendarTime size={16} stroke={1.6} />} onClick={() => setDialog('WORK')}>
            {t('work.open')}
          </Menu.Item>
          {may && (
            <Menu.Item leftSection={<IconKey size={16} stroke={1.6} />} onClick={() => setDialog('PASSWORD')}>
              {t('person.setPassword')}
            </Menu.Item>
          )}
          {may && person.disabled && (
            <Menu.Item leftSection={<IconUserCheck size={16} stroke={1.6} />} onClick={() => void change({ disabled: false })}>
              {t('person.enable')}
            </Menu.Item>
          )}
          {may && !person.disabled && (
            <Menu.Item color="red" disabled={isSelf} leftSection={<IconUserOff size={16} stroke={1.6} />} onClick={() => setDialog('DISABLE')}>
              {t('person.disable')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <PersonHistory person={person} opened={dialog === 'HISTORY'} onClose={close} />
      <WorkTimeDialog person={person} opened={dialog === 'WORK'} onClose={close} />
      <SetPasswordDialog person={person} opened={dialog === 'PASSWORD'} onClose={close} />
      <ConfirmDialog
        opened={dialog === 'DISABLE'}
        title={t('person.disableTitle', { name: person.name })}
        labels={{ confirm: t('person.disable'), cancel: t('shell:cancel') }}
        onConfirm={() => {
          void change({ disabled: true });
          close();
        }}
        onCancel={close}
      >
        {t('person.disableText')}
      </ConfirmDialog>
    </>
  );
}
