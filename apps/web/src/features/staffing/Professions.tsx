import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { PROFESSION_NAME_MAX, PROFESSION_GROUPS, can } from '@trainyard/domain';
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
import classes from './Professions.module.css';
import { CreateProfessionDocument, ProfessionsDocument } from './teams.generated.ts';
import { useProfessionName } from '../../i18n/useProfessionName.ts';

/** The professions people can have in a team, in their three groups. */
export function Professions() {
  const { t } = useTranslation('staffing');
  const professionName = useProfessionName();
  const mayAdd = can(useActor(), 'profession.manage');
  const { data, error, refetch } = useQuery(ProfessionsDocument);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('profession.title')}
      lead={t('profession.lead')}
      actions={
        mayAdd && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('profession.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={error} onRetry={refetch} />
      <div className={classes.groups}>
        {PROFESSION_GROUPS.map((group) => (
          <section key={group} aria-label={t(`group.${group}`)}>
            <h3 className={classes.group}>{t(`group.${group}`)}</h3>
            <ul className={classes.professions}>
              {data?.professions
                .filter((profession) => profession.group === group)
                .map((profession) => (
                  <li key={profession.id}>{professionName(profession)}</li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <Modal opened={adding} onClose={() => setAdding(false)} title={t('profession.add')}>
        <AddProfession onDone={() => setAdding(false)} />
      </Modal>
    </Section>
  );
}

const profession = z.object({ group: z.enum(PROFESSION_GROUPS), nameEn: requiredText(PROFESSION_NAME_MAX), nameZh: requiredText(PROFESSION_NAME_MAX) });

function AddProfession({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('staffing');
  const fieldError = useFieldError();
  const told = useToldWhenGone();
  const [create, { error, loading }] = useMutation(CreateProfessionDocument, { refetchQueries: [ProfessionsDocument], errorPolicy: 'all', ...told });
  const form = useForm<z.infer<typeof profession>>({
    resolver: zodResolver(profession),
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
        <TextInput {...register('nameEn')} label={t('profession.nameEn')} data-autofocus error={fieldError(formState.errors.nameEn)} />
        <TextInput {...register('nameZh')} label={t('profession.nameZh')} lang="zh-CN" error={fieldError(formState.errors.nameZh)} />
        <Controller
          control={control}
          name="group"
          render={({ field }) => (
            <Select
              {...field}
              label={t('profession.group')}
              allowDeselect={false}
              data={PROFESSION_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
            />
          )}
        />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('profession.add')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
