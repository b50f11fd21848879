import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { DEFAULT_PARAMETERS, TEMPLATES, can, isTabularTemplate, type Template } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useForm, useWatch, type SubmitHandler } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { QueueRunInput, QueueRunsInput } from '../../schema.generated.ts';
import { useActor } from '../access/useActor.ts';
import { CreateDatasetDialog } from '../dataset/CreateDatasetDialog.tsx';
import { valuesFor } from '../dataset/dataset-form.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { Choice, ChoiceList } from './ChoiceList.tsx';
import { DatasetChoice } from './DatasetChoice.tsx';
import { EngineChoiceList } from './EngineChoiceList.tsx';
import { QueueOutlook } from './QueueOutlook.tsx';
import { rememberChoice, rememberedChoice } from './last-choice.ts';
import {
  checkGrid,
  columnChoices,
  datasetRefusal,
  firstColumn,
  firstValues,
  mayFit,
  parameterValues,
  parametersOf,
  queueResolver,
  variedOf,
  type ChoosableDataset,
  type OfferedEngine,
  type QueueChoice,
  type QueueValues,
} from './queue-form.ts';
import classes from './QueueRunForm.module.css';
import { ParameterFields } from './ParameterFields.tsx';
import { GridTotal } from './GridTotal.tsx';
import { QueueRunDocument, QueueRunsDocument } from './runs.generated.ts';
import { addRunToTicket } from './run-cache.ts';
import { TemplateFacts } from './TemplateFacts.tsx';
import { useSay } from './useSay.ts';

export interface QueueRunFormProps {
  ticketId: string;
  /** Datasets added from a private project stay in it unless its people say otherwise. */
  privateProjectId: string | null;
  datasets: readonly ChoosableDataset[];
  runners: readonly { online: boolean; engines: readonly OfferedEngine[] }[];
  choice?: QueueChoice | undefined;
  /** Begin with this one, and what fits it. */
  datasetId?: string | undefined;
  /** Reads the datasets again, until the one that has been added is among them. */
  onDatasetAdded: (id: string) => Promise<unknown>;
  onClose: () => void;
  onQueued?: ((runId: string) => void) | undefined;
}

export function QueueRunForm({ ticketId, privateProjectId, datasets, runners, choice, datasetId, onDatasetAdded, onClose, onQueued }: QueueRunFormProps) {
  const { t } = useTranslation('training');
  const actor = useActor();
  const toast = useToast();
  const say = useSay();
  const [addingDataset, setAddingDataset] = useState(false);
  const [queueRun, queueingOne] = useMutation(QueueRunDocument);
  const [queueRuns, queueingMany] = useMutation(QueueRunsDocument);
  const resolver = useMemo(() => queueResolver(datasets, say), [datasets, say]);
  const defaultValues = useMemo(() => startingValues(ticketId, datasets, choice, datasetId), [ticketId, datasets, choice, datasetId]);
  const form = useForm<QueueValues>({ resolver, defaultValues, mode: 'onTouched' });
  const {
    setValue,
    getValues,
    handleSubmit,
    trigger,
    formState: { errors, isSubmitted },
  } = form;
  const draftKey = choice ? `run:${choice.runId}:again` : datasetId ? `ticket-run:${ticketId}:on:${datasetId}` : `ticket-run:${ticketId}`;
  const draft = useFormDraft(draftKey, form);
  const { suggest } = draft;
  const values = useWatch({ control: form.control }) as QueueValues;
  const dataset = datasets.find((one) => one.id === values.datasetId);
  const tabular = isTabularTemplate(values.template);
  const columns = useMemo(() => (dataset && tabular ? columnChoices(values.template, dataset) : []), [dataset, tabular, values.template]);
  const grid = useMemo(() => (dataset ? checkGrid(values, dataset) : null), [dataset, values]);

  // The choices come after their dialog, which has given the focus to what was there. One that opens with them gives it itself.
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const dialog = root.current?.closest('[role=dialog]');
    if (dialog?.contains(document.activeElement)) dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);

  const goTo = (field: keyof QueueValues): void => {
    const inputs = [...(root.current?.querySelectorAll<HTMLInputElement>(`[name="${field}"]`) ?? [])];
    (inputs.find((input) => input.checked) ?? inputs[0])?.focus();
  };
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

  /** The id of the run that was queued. */
  const queueOne = async (input: QueueRunInput): Promise<string | undefined> => {
    const { data } = await queueRun({ variables: { input }, update: (cache, { data: made }) => made && addRunToTicket(cache, ticketId, made.queueRun) });
    if (data) toast.done(t('queue.done', { number: data.queueRun.number }));
    return data?.queueRun.id;
  };
  /** The id of the first of them. */
  const queueGrid = async (input: QueueRunsInput): Promise<string | undefined> => {
    const { data } = await queueRuns({
      variables: { input },
      update: (cache, { data: made }) => made?.queueRuns.runs.forEach((run) => addRunToTicket(cache, ticketId, run)),
    });
    if (data) toast.done(t('queue.gridDone', { count: data.queueRuns.count }));
    return data?.queueRuns.runs[0]?.id;
  };
  const submit: SubmitHandler<QueueValues> = async (submitted) => {
    const input = { ticketId, template: submitted.template, datasetId: submitted.datasetId, engine: submitted.engine, parameters: parametersOf(submitted) };
    const varied = variedOf(submitted).map(({ parameter, values: several }) => ({ parameter, values: [...several] }));
    queueingOne.reset();
    queueingMany.reset();
    try {
      const made = varied.length > 0 ? await queueGrid({ ...input, varied }) : await queueOne(input);
      if (!made) return;
      draft.sent();
      rememberChoice(ticketId, submitted);
      onQueued?.(made);
      onClose();
    } catch {
      // Told above the buttons, where the form keeps what was typed.
    }
  };

  return (
    <>
      <form ref={root} onSubmit={(event) => void handleSubmit(submit)(event)} noValidate className={classes.root}>
        <FormDraftNote draft={draft} />
        {dataset && grid && <QueueOutlook ticketId={ticketId} values={values} dataset={dataset} grid={grid} onChange={goTo} />}
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

        <ParameterFields form={form} columns={columns} />

        <EngineChoiceList
          runners={runners}
          template={values.template}
          dropout={Number(values.dropout)}
          value={values.engine}
          onChoose={(engine) => setValue('engine', engine)}
        />

        <DialogFoot notice={<ErrorNotice error={queueingOne.error ?? queueingMany.error} />}>
          <span className={classes.total} aria-live="polite">
            {dataset?.state === 'CHECKING' && t('queue.checking', { name: dataset.name })}
            {dataset && grid && <GridTotal grid={grid} dataset={dataset} say={say} />}
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
          <Button type="submit" loading={queueingOne.loading || queueingMany.loading} disabled={dataset?.state === 'CHECKING'}>
            {grid?.ok && grid.runs.length > 1 ? t('queue.submitGrid', { count: grid.runs.length }) : t('queue.submit')}
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

/** What the run is queued again with, else what was queued last from this ticket, else the first dataset and what fits it. */
function startingValues(ticketId: string, datasets: readonly ChoosableDataset[], choice: QueueChoice | undefined, datasetId: string | undefined): QueueValues {
  if (datasetId !== undefined) {
    const chosen = datasets.find((one) => one.id === datasetId);
    const template = chosen && TEMPLATES.find((one) => !datasetRefusal(one, chosen));
    if (template) return firstValues({ template, datasetId });
  }
  const known = choice ? firstValues(choice) : rememberedChoice(ticketId);
  if (known && datasets.some((one) => one.id === known.datasetId)) return known;
  for (const template of TEMPLATES) {
    const dataset = datasets.find((one) => one.state === 'READY' && !datasetRefusal(template, one));
    if (dataset) return firstValues({ template, datasetId: dataset.id });
  }
  return firstValues();
}
