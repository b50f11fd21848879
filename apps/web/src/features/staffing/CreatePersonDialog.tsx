import { Modal, Select, TextInput } from '@mantine/core';
import { ORG_ROLES, PASSWORD_MIN, PERSON_NAME_MAX, can } from '@trainyard/domain';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useActor } from '../access/useActor.ts';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { emailAddress, newPassword, requiredText } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import { CreateUserDocument, PeopleDocument } from './people.generated.ts';

const account = z.object({ name: requiredText(PERSON_NAME_MAX), email: emailAddress, password: newPassword, orgRole: z.enum(ORG_ROLES) });

export function CreatePersonDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={t('person.add')}>
      <CreatePerson onDone={onClose} />
    </Modal>
  );
}

function CreatePerson({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['staffing', 'access', 'shell']);
  const toast = useToast();
  const mayOwner = can(useActor(), 'owner.manage');
  const form = useMutationForm(CreateUserDocument, {
    schema: account,
    values: { name: '', email: '', password: '', orgRole: 'MEMBER' },
    draft: 'person:new',
    drafts: { never: ['password'] },
    refetchQueries: [PeopleDocument],
    at: { EMAIL_TAKEN: 'email', PASSWORD_TOO_WEAK: 'password' },
    variables: (input) => ({ input }),
    onDone: ({ createUser }) => {
      toast.done(t('person.added', { name: createUser.name }));
      onDone();
    },
  });

  return (
    <DialogForm form={form} submit={t('person.add')}>
      <TextInput {...form.field('name')} label={t('access:name')} autoComplete="off" data-autofocus />
      <TextInput {...form.field('email')} label={t('access:email')} type="email" autoComplete="off" />
      <Password
        {...form.field('password')}
        label={t('person.firstPassword')}
        description={t('person.firstPasswordText', { min: PASSWORD_MIN })}
        autoComplete="new-password"
      />
      <Controller
        control={form.control}
        name="orgRole"
        render={({ field }) => (
          <Select
            {...field}
            label={t('person.role')}
            description={t(`person.roleText.${field.value}`)}
            allowDeselect={false}
            data={ORG_ROLES.filter((role) => role !== 'OWNER' || mayOwner).map((value) => ({ value, label: t(`shell:orgRole.${value}`) }))}
          />
        )}
      />
    </DialogForm>
  );
}
