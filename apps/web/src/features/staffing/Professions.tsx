import { useQuery } from '@apollo/client/react';
import { Button, Modal, Select, TextInput } from '@mantine/core';
import { PROFESSION_NAME_MAX, PROFESSION_GROUPS, can } from '@trainyard/domain';
import { useState } from 'react';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { Section } from '../shell/Page.tsx';
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
  const form = useMutationForm(CreateProfessionDocument, {
    schema: profession,
    values: { group: 'CORE_RND', nameEn: '', nameZh: '' },
    draft: 'role:new',
    refetchQueries: [ProfessionsDocument],
    variables: (values) => values,
    onDone,
  });
  return (
    <DialogForm form={form} submit={t('profession.add')}>
      <TextInput {...form.field('nameEn')} label={t('profession.nameEn')} data-autofocus />
      <TextInput {...form.field('nameZh')} label={t('profession.nameZh')} lang="zh-CN" />
      <Controller
        control={form.control}
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
    </DialogForm>
  );
}
