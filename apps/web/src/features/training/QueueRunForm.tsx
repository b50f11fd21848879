import { useMutation } from '@apollo/client/react';
import { Anchor, Button, NativeSelect, TextInput } from '@mantine/core';
import {
  DEFAULT_PARAMETERS,
  OPTIMIZERS,
  SCHEDULES,
  TEMPLATES,
  can,
  isImageTemplate,
  isTabularTemplate,
  templateFacts,
  type NumericParameter,
  type Template,
} from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { useForm, useWatch, type SubmitHandler } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { CreateDatasetDialog } from '../dataset/CreateDatasetDialog.tsx';
import { valuesFor } from '../dataset/dataset-form.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { useToast } from '../shell/useToast.ts';
import { Choice, ChoiceList } from './ChoiceList.tsx';
import { DatasetChoice } from './DatasetChoice.tsx';
import { EngineChoiceList } from './EngineChoiceList.tsx';
import { rememberChoice, rememberedChoice } from './last-choice.ts';
import {
  check,
  columnChoices,
  datasetRefusal,
  firstColumn,
  firstValues,
  mayFit,
  parameterValues,
  parametersOf,
  queueResolver,
  type ChoosableDataset,
  type OfferedEngine,
  type QueueChoice,
  type QueueValues,
  type Refusal,
} from './queue-form.ts';
import classes from './QueueRunForm.module.css';
import { QueueRunDocument } from './runs.generated.ts';
import { addRunToTicket } from './run-cache.ts';
import { useRowsText } from './useRowsText.ts';

export interface QueueRunFormProps {
  ticketId: string;
  /** Datasets added from a private project stay in it unless its people say otherwise. */
  privateProjectId: string | null;
  datasets: readonly ChoosableDataset[];
  runners: readonly { online: boolean; engines: readonly OfferedEngine[] }[];
  choice?: QueueChoice | undefined;
  /** Reads the datasets again, until the one that has been added is among them. */
  onDatasetAdded: (id: string) => Promise<unknown>;
  onClose: () => void;
  onQueued?: ((runId: string) => void) | undefined;
}

const FIRST_PARAMETERS: readonly NumericParameter[] = ['epochs', 'batchSize', 'learningRate'];
const MORE_PARAMETERS: readonly NumericParameter[] = ['l2', 'dropout', 'validationSplit', 'seed', 'warmupSteps', 'checkpointEveryEpochs'];

export function QueueRunForm({ ticketId, privateProjectId, datasets, runners, choice, onDatasetAdded, onClose, onQueued }: QueueRunFormProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const actor = useActor();
  const toast = useToast();
  const say = useSay();
  const whyNot = useWhyNot();
  const rowsText = useRowsText();
  const [addingDataset, setAddingDataset] = useState(false);
  const [queueRun, queueing] = useMutation(QueueRunDocument);
  const resolver = useMemo(() => queueResolver(datasets, say), [datasets, say]);
  const defaultValues = useMemo(() => startingValues(ticketId, datasets, choice), [ticketId, datasets, choice]);
  const form = useForm<QueueValues>({ resolver, defaultValues, mode: 'onTouched' });
  const {
    register,
    setValue,
    getValues,
    handleSubmit,
    trigger,
    formState: { errors, isSubmitted },
  } = form;
  const draftKey = choice ? `run:${choice.runId}:again` : `ticket-run:${ticketId}`;
  const draft = useFormDraft(draftKey, form);
  const { suggest } = draft;
  const values = useWatch({ control: form.control }) as QueueValues;
  const dataset = datasets.find((one) => one.id === values.datasetId);
  const tabular = isTabularTemplate(values.template);
  const columns = useMemo(() => (dataset && tabular ? columnChoices(values.template, dataset) : []), [dataset, tabular, values.template]);
  const counts = dataset ? check(values.template, parametersOf(values), dataset) : null;

  // The choices come after their dialog, which has given the focus to what was there. One that opens with them gives it itself.
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const dialog = root.current?.closest('[role=dialog]');
    if (dialog?.contains(document.activeElement)) dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);

  const recheck = (): void => {
    if (isSubmitted) void trigger();
  };
  const chooseDataset = (id: string): void => {
    setValue('datasetId', id);
    recheck();
  };
  // Another dataset has other columns, and one that was being checked has its columns only now.
  useEffect(() => {
    const chosen = getValues('targetColumn');
    if (!dataset || columns.length === 0 || columns.some(({ name, refusal }) => name === chosen && !refusal)) return;
    suggest('targetColumn', firstColumn(getValues('template'), dataset));
    if (isSubmitted) void trigger('targetColumn');
  }, [dataset, columns, getValues, suggest, trigger, isSubmitted]);
  const chooseTemplate = (template: Template): void => {
    const old = getValues('template');
    setValue('template', template);
    // Numbers the reader changed stay; those still at the old template's defaults follow the new one's.
    const before = parameterValues(DEFAULT_PARAMETERS[old]);
    for (const [name, value] of Object.entries(parameterValues(DEFAULT_PARAMETERS[template]))) {
      const key = name as keyof typeof before;
      if (key !== 'targetColumn' && getValues(key) === before[key]) setValue(key, value as never);
    }
    const now = datasets.find((one) => one.id === getValues('datasetId'));
    const fitting = now && mayFit(template, now) ? now : datasets.find((one) => !datasetRefusal(template, one));
    chooseDataset(fitting?.id ?? '');
  };

  const submit: SubmitHandler<QueueValues> = async (submitted) => {
    const input = { ticketId, template: submitted.template, datasetId: submitted.datasetId, engine: submitted.engine, parameters: parametersOf(submitted) };
    try {
      const { data } = await queueRun({ variables: { input }, update: (cache, { data: made }) => made && addRunToTicket(cache, ticketId, made.queueRun) });
      if (!data) return;
      draft.sent();
      rememberChoice(ticketId, submitted);
      toast.done(t('queue.done', { number: data.queueRun.number }));
      onQueued?.(data.queueRun.id);
      onClose();
    } catch {
      // Told above the buttons, where the form keeps what was typed.
    }
  };

  return (
    <>
      <form ref={root} onSubmit={(event) => void handleSubmit(submit)(event)} noValidate className={classes.root}>
        <FormDraftNote draft={draft} />
        <ChoiceList legend={t('queue.template')} columns={2}>
          {TEMPLATES.map((template) => (
            <Choice
              key={template}
              name="template"
              value={template}
              checked={values.template === template}
              autoFocus={values.template === template}
              onChoose={() => chooseTemplate(template)}
              title={t(`template.${template}.name`)}
              text={t(`template.${template}.about`)}
              facts={<TemplateFacts template={template} dataset={dataset} />}
            />
          ))}
        </ChoiceList>

        <DatasetChoice
          datasets={datasets}
          template={values.template}
          value={values.datasetId}
          onChoose={chooseDataset}
          onAdd={can(actor, 'dataset.create') ? () => setAddingDataset(true) : null}
          error={errors.datasetId?.message}
          say={say}
        />

        <Section
          title={t('queue.parameters')}
          action={
            <Anchor
              component="button"
              type="button"
              size="xs"
              onClick={() => {
                for (const [name, value] of Object.entries(parameterValues(DEFAULT_PARAMETERS[values.template]))) {
                  if (name !== 'targetColumn') setValue(name as keyof QueueValues, value as never);
                }
                void trigger();
              }}
            >
              {t('queue.reset')}
            </Anchor>
          }
        >
          <div className={classes.grid}>
            {tabular && (
              <>
                {/* Controlled: where another dataset brings other columns, what is shown must not stay behind what is sent. */}
                <NativeSelect
                  label={t('parameter.targetColumn')}
                  withAsterisk
                  {...register('targetColumn')}
                  value={values.targetColumn}
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
            <NativeSelect
              label={t('parameter.schedule')}
              {...register('schedule')}
              data={SCHEDULES.map((value) => ({ value, label: t(`schedule.${value}`) }))}
            />
            {MORE_PARAMETERS.map((name) => (
              <TextInput key={name} label={t(`parameter.${name}`)} inputMode="decimal" autoComplete="off" {...register(name)} error={errors[name]?.message} />
            ))}
          </div>
        </Section>

        <EngineChoiceList
          runners={runners}
          template={values.template}
          dropout={Number(values.dropout)}
          value={values.engine}
          onChoose={(engine) => setValue('engine', engine)}
        />

        <DialogFoot notice={<ErrorNotice error={queueing.error} />}>
          <span className={classes.total} aria-live="polite">
            {dataset?.state === 'CHECKING' && t('queue.checking', { name: dataset.name })}
            {counts?.ok && tabular && (
              <>
                {rowsText(counts.rows)}
                <br />
              </>
            )}
            {counts?.ok &&
              t('queue.total', {
                steps: format.number(counts.totalSteps),
                train: format.number(counts.train),
                validation: format.number(counts.validation),
                test: format.number(dataset?.testCount ?? 0),
              })}
          </span>
          <Button
            variant="default"
            onClick={() => {
              draft.discard();
              onClose();
            }}
          >
            {t('cancel')}
          </Button>
          <Button type="submit" loading={queueing.loading} disabled={dataset?.state === 'CHECKING'}>
            {t('queue.submit')}
          </Button>
        </DialogFoot>
      </form>
      {/* Beside the form, not in it: what is submitted there must not be submitted here. */}
      <CreateDatasetDialog
        draftKey={`${draftKey}:dataset`}
        opened={addingDataset}
        onClose={() => setAddingDataset(false)}
        first={{ ...valuesFor(values.template), projectId: privateProjectId ?? '' }}
        onCreated={(id) =>
          void onDatasetAdded(id)
            .catch(toast.failed)
            .then(() => chooseDataset(id))
        }
      />
    </>
  );
}

/** Why a column cannot be predicted, short enough for a line of a list; the whole sentence comes where it is chosen nevertheless. */
function useWhyNot(): (refusal: Refusal) => string {
  const { t } = useTranslation('training');
  const describe = useErrorMessage();
  const format = useFormat();
  return ({ code, params }) => {
    const formatted = format.number(Number(params?.classes ?? 0));
    switch (code) {
      case 'TARGET_TOO_MANY_CLASSES':
        return t(params?.more ? 'queue.column.moreClasses' : 'queue.column.tooManyClasses', { formatted, max: format.number(Number(params?.maxClasses)) });
      case 'TARGET_VALUES_UNIQUE':
        return t('queue.column.unique');
      case 'TARGET_VALUES_UNCOUNTED':
        return t('queue.column.uncounted');
      case 'TARGET_NOT_NUMERIC':
        return t('queue.column.notNumeric');
      case 'DATASET_ONE_CLASS':
        return t('queue.column.oneValue');
      default:
        return describe({ code, params });
    }
  };
}

/** An image template has as many outputs as the chosen images have classes. */
function TemplateFacts({ template, dataset }: { template: Template; dataset: ChoosableDataset | undefined }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const known = dataset?.state === 'READY' && isImageTemplate(template) && !datasetRefusal(template, dataset);
  const { layers, parameterCount, decidedBy } = templateFacts(template, known ? dataset.classes.length : null);
  const open = t(decidedBy === 'CLASSES' ? 'template.countByClasses' : 'template.countByData');
  return (
    <>
      {layers} · {parameterCount === null ? open : t('template.count', { formatted: format.number(parameterCount) })}
    </>
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

/** The sentence of a refusal; out of range is said in the form's own words, since the field is beside it. */
function useSay(): (refusal: Refusal) => string {
  const { t } = useTranslation('training');
  const describe = useErrorMessage();
  const format = useFormat();
  return useCallback(
    (refusal: Refusal) => {
      const { code, params } = refusal;
      if (code === 'BAD_INPUT') return t('queue.chooseDataset');
      if (code === 'TEMPLATE_NEEDS_OTHER_DATA' && (params?.needs === '28x28' || params?.needs === '2' || params?.needs === 'CSV'))
        return t(`queue.needs.${params.needs}`);
      if (code !== 'PARAMETER_OUT_OF_RANGE') return describe(refusal);
      const range = { min: format.figure(Number(params?.min)), max: format.number(Number(params?.max)) };
      if (params?.field === 'hiddenUnits.length') return t('queue.tooManyLayers', range);
      return params?.integer ? t('queue.wholeRange', range) : t('queue.range', range);
    },
    [t, describe, format],
  );
}

/** What the run is queued again with, else what was queued last from this ticket, else the first dataset and what fits it. */
function startingValues(ticketId: string, datasets: readonly ChoosableDataset[], choice: QueueChoice | undefined): QueueValues {
  const known = choice ? firstValues(choice) : rememberedChoice(ticketId);
  if (known && datasets.some((one) => one.id === known.datasetId)) return known;
  for (const template of TEMPLATES) {
    const dataset = datasets.find((one) => one.state === 'READY' && !datasetRefusal(template, one));
    if (dataset) return firstValues({ template, datasetId: dataset.id });
  }
  return firstValues();
}
