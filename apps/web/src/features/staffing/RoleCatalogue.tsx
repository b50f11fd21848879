import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { ROLE_NAME_MAX, ROLE_GROUPS, can } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { useActor } from '../access/useActor.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { Section } from '../shell/Page.tsx';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import classes from './RoleCatalogue.module.css';
import { CreateRoleDocument, RolesDocument } from './teams.generated.ts';
import { useRoleName } from '../../i18n/useRoleName.ts';

/** The professions people can have in a team, in their three groups. */
export function RoleCatalogue() {
  const { t } = useTranslation('staffing');
  const roleName = useRoleName();
  const mayAdd = can(useActor(), 'role.manage');
  const { data, error, refetch } = useQuery(RolesDocument);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('role.title')}
      lead={t('role.lead')}
      actions={
        mayAdd && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('role.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={error} onRetry={refetch} />
      <div className={classes.groups}>
        {ROLE_GROUPS.map((group) => (
          <section key={group} aria-label={t(`group.${group}`)}>
            <h3 className={classes.group}>{t(`group.${group}`)}</h3>
            <ul className={classes.roles}>
              {data?.roles
                .filter((role) => role.group === group)
                .map((role) => (
                  <li key={role.id}>{roleName(role)}</li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <Modal opened={adding} onClose={() => setAdding(false)} title={t('role.add')}>
        <AddRole onDone={() => setAdding(false)} />
      </Modal>
    </Section>
  );
}

const role = z.object({ group: z.enum(ROLE_GROUPS), nameEn: requiredText(ROLE_NAME_MAX), nameZh: requiredText(ROLE_NAME_MAX) });

function AddRole({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('staffing');
  const fieldError = useFieldError();
  const told = useToldWhenGone();
  const [create, { error, loading }] = useMutation(CreateRoleDocument, { refetchQueries: [RolesDocument], errorPolicy: 'all', ...told });
  const form = useForm<z.infer<typeof role>>({
    resolver: zodResolver(role),
    defaultValues: { group: 'CORE_RND', nameEn: '', nameZh: '' },
  });
  const { register, control, handleSubmit, formState } = form;
  const draft = useFormDraft('role:new', form);

  const submit = handleSubmit(async (variables) => {
    const { data } = await create({ variables });
    if (!data) return;
    draft.sent();
    onDone();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        <TextInput {...register('nameEn')} label={t('role.nameEn')} data-autofocus error={fieldError(formState.errors.nameEn)} />
        <TextInput {...register('nameZh')} label={t('role.nameZh')} lang="zh-CN" error={fieldError(formState.errors.nameZh)} />
        <Controller
          control={control}
          name="group"
          render={({ field }) => (
            <Select {...field} label={t('role.group')} allowDeselect={false} data={ROLE_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))} />
          )}
        />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('role.add')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
