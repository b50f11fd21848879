import { Anchor, NativeSelect, TextInput } from '@mantine/core';
import { DEFAULT_PARAMETERS, isTabularTemplate, OPTIMIZERS, SCHEDULES, type NumericParameter } from '@trainyard/domain';
import { useId, type ReactNode } from 'react';
import { useWatch, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { parameterValues, type columnChoices, type QueueValues } from './queue-form.ts';
import classes from './QueueRunForm.module.css';
import { useWhyNot } from './useWhyNot.ts';

const FIRST_PARAMETERS: readonly NumericParameter[] = ['epochs', 'batchSize', 'learningRate'];
const MORE_PARAMETERS: readonly NumericParameter[] = ['l2', 'dropout', 'validationSplit', 'seed', 'warmupSteps', 'checkpointEveryEpochs'];

export interface ParameterFieldsProps {
  form: UseFormReturn<QueueValues>;
  /** Of the dataset, where the template predicts one of them. */
  columns: ReturnType<typeof columnChoices>;
}

/** What a template is trained with: each number begins at the template's own. */
export function ParameterFields({ form, columns }: ParameterFieldsProps) {
  const { t } = useTranslation('training');
  const whyNot = useWhyNot();
  const {
    register,
    setValue,
    trigger,
    formState: { errors },
  } = form;
  const [template, targetColumn] = useWatch({ control: form.control, name: ['template', 'targetColumn'] });
  return (
    <Section
      title={t('queue.parameters')}
      action={
        <Anchor
          component="button"
          type="button"
          size="xs"
          onClick={() => {
            for (const [name, value] of Object.entries(parameterValues(DEFAULT_PARAMETERS[template]))) {
              if (name !== 'targetColumn') setValue(name as keyof QueueValues, value as never);
            }
            void trigger();
          }}
        >
          {t('queue.reset')}
        </Anchor>
      }
    >
      <p className={classes.hint}>{t('queue.severalHint')}</p>
      <div className={classes.grid}>
        {isTabularTemplate(template) && (
          <>
            {/* Controlled: where another dataset brings other columns, what is shown must not stay behind what is sent. */}
            <NativeSelect
              label={t('parameter.targetColumn')}
              withAsterisk
              {...register('targetColumn')}
              value={targetColumn}
              error={errors.targetColumn?.message}
              data={[
                { value: '', label: t('queue.chooseColumn') },
                ...columns.map(({ name, refusal }) => ({
                  value: name,
                  label: refusal ? t('queue.columnRefused', { name, why: whyNot(refusal) }) : name,
                  disabled: refusal !== null,
                })),
              ]}
            />
            <TextInput
              label={t('parameter.hiddenUnits')}
              description={t('queue.hiddenUnitsHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...register('hiddenUnits')}
              error={errors.hiddenUnits?.message}
            />
          </>
        )}
        {FIRST_PARAMETERS.map((name) => (
          <TextInput key={name} label={t(`parameter.${name}`)} inputMode="decimal" autoComplete="off" {...register(name)} error={errors[name]?.message} />
        ))}
        <NativeSelect
          label={t('parameter.optimizer')}
          {...register('optimizer')}
          data={OPTIMIZERS.map((value) => ({ value, label: t(`optimizer.${value}`) }))}
        />
        <NativeSelect label={t('parameter.schedule')} {...register('schedule')} data={SCHEDULES.map((value) => ({ value, label: t(`schedule.${value}`) }))} />
        {MORE_PARAMETERS.map((name) => (
          <TextInput key={name} label={t(`parameter.${name}`)} inputMode="decimal" autoComplete="off" {...register(name)} error={errors[name]?.message} />
        ))}
      </div>
    </Section>
  );
}

function Section({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <h3 id={id} className={classes.legend}>
          {title}
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}
