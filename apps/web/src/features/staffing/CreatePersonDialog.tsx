import { useMutation } from '@apollo/client/react';
import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { ORG_ROLES, PASSWORD_MIN, PERSON_NAME_MAX, can } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { useActor } from '../access/useActor.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { describeError } from '../shell/error/describe-error.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { emailAddress, newPassword, requiredText } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
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
  const fieldError = useFieldError();
  const errorMessage = useErrorMessage();
  const toast = useToast();
  const mayOwner = can(useActor(), 'owner.manage');
  const told = useToldWhenGone();
  const [create, { error, loading }] = useMutation(CreateUserDocument, { refetchQueries: [PeopleDocument], errorPolicy: 'all', ...told });
  const form = useForm<z.infer<typeof account>>({
    resolver: zodResolver(account),
    defaultValues: { name: '', email: '', password: '', orgRole: 'MEMBER' },
  });
  const { register, control, handleSubmit, formState } = form;
  const draft = useFormDraft('person:new', form, { never: ['password'] });
  const { errors } = formState;
  const taken = error !== undefined && describeError(error).code === 'EMAIL_TAKEN';

  const submit = handleSubmit(async (input) => {
    const { data } = await create({ variables: { input } });
    if (!data) return;
    draft.sent();
    toast.done(t('person.added', { name: data.createUser.name }));
    onDone();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        <TextInput {...register('name')} label={t('access:name')} autoComplete="off" data-autofocus error={fieldError(errors.name)} />
        <TextInput
          {...register('email')}
          label={t('access:email')}
          type="email"
          autoComplete="off"
          error={fieldError(errors.email) ?? (taken ? errorMessage(error) : undefined)}
        />
        <Password
          {...register('password')}
          label={t('person.firstPassword')}
          description={t('person.firstPasswordText', { min: PASSWORD_MIN })}
          autoComplete="new-password"
          error={fieldError(errors.password)}
        />
        <Controller
          control={control}
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
        <DialogFoot notice={<ErrorNotice error={taken ? undefined : error} />}>
          <Button type="submit" loading={loading}>
            {t('person.add')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
