import { useMutation, useQuery } from '@apollo/client/react';
import { Button, NativeSelect, Progress, TextInput } from '@mantine/core';
import { DATASET_NAME_MAX, NOTHING_ASKED, SYNTHETIC_KINDS, can, type AskedReading, type DatasetFileRole, type SyntheticKind } from '@trainyard/domain';
import { DialogFoot, Segments } from '@trainyard/ui';
import { useMemo, useRef, useState, type RefObject } from 'react';
import { useForm, useWatch, type SubmitHandler } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './CreateDatasetForm.module.css';
import type { CreateDatasetDialogProps } from './CreateDatasetDialog.tsx';
import { FIRST_VALUES, WAYS, datasetResolver, kindOf, missingRole, neededRoles, rolesOf, type DatasetValues, type Way } from './dataset-form.ts';
import { DatasetProblem } from './DatasetProblem.tsx';
import { CreateDatasetDocument, DatasetProjectsDocument, DatasetsDocument } from './datasets.generated.ts';
import { FilePicker } from './FilePicker.tsx';
import { guessRoles, nameFrom, wayOfFile, type ChosenFiles } from './file-roles.ts';
import { readIdxHeader } from './idx-file.ts';
import { ReadingFields } from './ReadingFields.tsx';
import { sampleOf, sendable, type Sample } from './table-sample.ts';
import { UploadError } from '../shell/send-file.ts';
import { checkSize, upload } from './upload.ts';

export interface CreateDatasetFormProps extends Pick<CreateDatasetDialogProps, 'onClose' | 'onCreated' | 'draftKey' | 'first'> {
  /** Set while files are being sent, so that closing the dialog stops that. */
  sending: RefObject<AbortController | null>;
}

/** Uploads that the server holds, by file. */
type Arrived = Map<File, string>;

interface Sent {
  bytes: number;
  of: number;
  file: string;
}

export function CreateDatasetForm({ sending, onClose, onCreated, draftKey, first }: CreateDatasetFormProps) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const actor = useActor();
  const [files, setFiles] = useState<ChosenFiles>({});
  const arrived = useRef<Arrived>(new Map());
  const [sent, setSent] = useState<Sent | null>(null);
  const [problem, setProblem] = useState<UploadError | null>(null);
  const [sample, setSample] = useState<Sample | null>(null);
  const [asked, setAsked] = useState<AskedReading>(NOTHING_ASKED);
  const [createDataset, creating] = useMutation(CreateDatasetDocument, { refetchQueries: [DatasetsDocument] });
  const resolver = useMemo(
    () =>
      datasetResolver({
        nameMissing: t('create.nameMissing'),
        nameTooLong: t('create.nameTooLong', { max: format.number(DATASET_NAME_MAX) }),
        pathMissing: t('create.pathMissing'),
        range: ({ min, max }) => t('create.range', { min: format.number(min), max: format.number(max) }),
      }),
    [t, format],
  );
  const nameOfSynthetic = (synthetic: SyntheticKind): string => t(`synthetics.${synthetic}`);
  const form = useForm<DatasetValues>({
    resolver,
    defaultValues: { ...FIRST_VALUES, ...(first?.way === 'SYNTHETIC' && { name: nameOfSynthetic(first.synthetic ?? FIRST_VALUES.synthetic) }), ...first },
    mode: 'onTouched',
  });
  const {
    register,
    handleSubmit,
    setValue,
    getValues,
    control,
    formState: { errors, dirtyFields },
  } = form;
  const draft = useFormDraft(draftKey, form, { beside: ['way'] });
  const values = useWatch({ control }) as DatasetValues;
  const kind = kindOf(values);
  const { data: loaded } = useQuery(DatasetProjectsDocument);
  const projects = (loaded?.projects ?? []).filter((project) => can(actor, 'run.queue', scopeOf(project)));
  const ways = WAYS.filter((way) => way !== 'PATH' || can(actor, 'dataset.path'));

  const suggestName = (name: string): void => {
    if (!dirtyFields.name && first?.name === undefined && name !== '') draft.suggest('name', name);
  };
  const latest = useRef(files);
  const take = (next: ChosenFiles): void => {
    latest.current = next;
    setFiles(next);
    setSample(null);
    setAsked(NOTHING_ASKED);
  };
  const chooseWay = (way: Way): void => {
    setValue('way', way);
    take({});
    setProblem(null);
    if (way === 'SYNTHETIC') suggestName(nameOfSynthetic(getValues('synthetic')));
  };
  const choose = async (chosen: ChosenFiles): Promise<void> => {
    const next = placed(chosen);
    if (next !== chosen) setValue('way', next.TABLE ? 'TABLE' : 'IMAGES');
    take(next);
    const leading = next.TABLE ?? next.IMAGES;
    if (leading) suggestName(nameFrom(leading.name));
    const { refused, images } = await look(next);
    const beginning = next.TABLE && !refused ? await sampleOf(next.TABLE).catch(() => null) : null;
    if (latest.current !== next) return;
    setProblem(refused);
    setSample(beginning);
    if (leading && nameFrom(leading.name) === '' && images)
      suggestName(t('create.nameOfImages', { count: images[0], formatted: format.number(images[0] ?? 0), shape: images.slice(1).join('×') }));
  };

  const submit: SubmitHandler<DatasetValues> = async (submitted) => {
    setProblem(null);
    const uploading = submitted.way === 'IMAGES' || submitted.way === 'TABLE';
    const missing = uploading ? missingRole(kind, files) : null;
    if (missing) {
      setProblem(new UploadError('BAD_INPUT', { file: missing }));
      return;
    }
    const { refused } = await look(uploading ? files : {});
    if (latest.current !== files) return;
    if (refused) {
      setProblem(refused);
      return;
    }
    try {
      const inputFiles = uploading ? await sendAll(kind, files, arrived.current, sending, setSent) : pathsOf(submitted);
      const synthetic =
        submitted.way === 'SYNTHETIC' ? { synthetic: submitted.synthetic, samples: Number(submitted.samples), seed: Number(submitted.seed) } : {};
      const source = uploading ? 'UPLOAD' : submitted.way === 'PATH' ? 'PATH' : 'SYNTHETIC';
      const { data } = await createDataset({
        variables: {
          input: {
            name: submitted.name.trim(),
            projectId: submitted.projectId === '' ? null : submitted.projectId,
            kind,
            source,
            files: inputFiles,
            ...(kind === 'CSV' && uploading && { reading: sample ? sendable(sample, asked) : asked }),
            ...synthetic,
          },
        },
      });
      if (!data) return;
      draft.sent();
      onClose();
      onCreated(data.createDataset.id);
    } catch (error) {
      if (error instanceof UploadError) setProblem(error);
      // The mutation's own error is shown below, an aborted upload was asked for.
    } finally {
      setSent(null);
    }
  };

  const cancel = (): void => {
    draft.discard();
    onClose();
  };

  const missing = problem?.code === 'BAD_INPUT' ? (problem.params.file as DatasetFileRole) : null;
  return (
    <form onSubmit={(event) => void handleSubmit(submit)(event)} noValidate className={classes.root}>
      <FormDraftNote draft={draft} />
      <Segments
        size="sm"
        full
        className={classes.ways}
        value={values.way}
        onChange={chooseWay}
        label={t('create.way')}
        disabled={sent !== null}
        data={ways.map((way) => ({ value: way, label: t(`way.${way}.name`) }))}
      />
      <p className={classes.about}>{t(`way.${values.way}.about`)}</p>

      {(values.way === 'IMAGES' || values.way === 'TABLE') && (
        <FilePicker kind={kind} files={files} onChoose={(next) => void choose(next)} missing={missing} disabled={sent !== null} />
      )}
      {draft.keptAt !== null && (values.way === 'IMAGES' || values.way === 'TABLE') && Object.keys(files).length === 0 && (
        <p className={classes.about}>{t('create.filesNotKept')}</p>
      )}
      {values.way === 'TABLE' && sample && <ReadingFields sample={sample} asked={asked} onChange={setAsked} />}
      {values.way === 'SYNTHETIC' && (
        <div className={classes.grid}>
          <NativeSelect
            label={t('create.synthetic')}
            {...register('synthetic', { onChange: () => suggestName(nameOfSynthetic(getValues('synthetic'))) })}
            data={SYNTHETIC_KINDS.map((value) => ({ value, label: nameOfSynthetic(value) }))}
          />
          <TextInput label={t('create.samples')} inputMode="numeric" autoComplete="off" {...register('samples')} error={errors.samples?.message} />
          <TextInput label={t('create.seed')} inputMode="numeric" autoComplete="off" {...register('seed')} error={errors.seed?.message} />
        </div>
      )}
      {values.way === 'PATH' && (
        <>
          <NativeSelect
            label={t('field.kind')}
            {...register('pathKind')}
            data={[
              { value: 'IDX', label: t('kind.IDX') },
              { value: 'CSV', label: t('kind.CSV') },
            ]}
          />
          {rolesOf(kind).map((role) => (
            <TextInput
              key={role}
              label={t(`role.${role}`)}
              required={neededRoles(kind).includes(role)}
              autoComplete="off"
              placeholder={t('create.pathPlaceholder')}
              {...register(`paths.${role}`)}
              error={errors.paths?.[role]?.message}
            />
          ))}
        </>
      )}
      <TextInput label={t('field.name')} required autoComplete="off" {...register('name')} error={errors.name?.message} />
      {/* Controlled: a project chosen beforehand is among the options only when they have come. */}
      <NativeSelect
        label={t('field.owner')}
        description={values.projectId === '' ? undefined : t('create.projectHint')}
        value={values.projectId}
        onChange={(event) => setValue('projectId', event.currentTarget.value, { shouldDirty: true })}
        data={[{ value: '', label: t('everybody') }, ...projects.map((project) => ({ value: project.id, label: `${project.key} · ${project.name}` }))]}
      />

      <DialogFoot
        notice={
          <>
            {problem && !missing && <DatasetProblem kind={kind} code={problem.code} params={problem.params} />}
            <ErrorNotice error={creating.error} />
            {sent && (
              <div className={classes.sending} role="status">
                <span>{t('create.sending', { file: sent.file, sent: format.bytes(sent.bytes), of: format.bytes(sent.of) })}</span>
                <Progress.Root size="sm">
                  <Progress.Section value={sent.of === 0 ? 0 : (100 * sent.bytes) / sent.of} aria-label={t('create.progress')} />
                </Progress.Root>
              </div>
            )}
          </>
        }
      >
        <Button variant="default" onClick={() => (sent ? sending.current?.abort() : cancel())}>
          {sent ? t('create.stop') : t('cancel')}
        </Button>
        <Button type="submit" loading={creating.loading} disabled={sent !== null}>
          {t('create.submit')}
        </Button>
      </DialogFoot>
    </form>
  );
}

/** A file that came to the other tab goes where it belongs: nobody looks at the tabs before they drop a table. */
function placed(chosen: ChosenFiles): ChosenFiles {
  const { TABLE, IMAGES } = chosen;
  if (TABLE && wayOfFile(TABLE.name) === 'IMAGES') return guessRoles([TABLE]);
  return IMAGES && Object.keys(chosen).length === 1 && wayOfFile(IMAGES.name) === 'TABLE' ? { TABLE: IMAGES } : chosen;
}

/** What can be known of chosen files without sending them: the first that will be refused, and count, rows and columns of the images. */
async function look(files: ChosenFiles): Promise<{ refused: UploadError | null; images: number[] | null }> {
  let images: number[] | null = null;
  for (const [role, file] of Object.entries(files) as [DatasetFileRole, File][]) {
    const size = checkSize(file);
    if (size) return { refused: size, images };
    if (role === 'TABLE') continue;
    const header = await readIdxHeader(file, role);
    if (!header.ok) return { refused: new UploadError(header.code, { ...header.params, file: file.name }), images };
    if (role === 'IMAGES') images = header.dimensions;
  }
  return { refused: null, images };
}

/** Sends what has not arrived yet: trying again after a refusal sends nothing twice. */
async function sendAll(
  kind: ReturnType<typeof kindOf>,
  files: ChosenFiles,
  arrived: Arrived,
  sending: CreateDatasetFormProps['sending'],
  tell: (sent: Sent) => void,
): Promise<{ role: DatasetFileRole; uploadId: string }[]> {
  const controller = new AbortController();
  sending.current = controller;
  const chosen = rolesOf(kind).flatMap((role) => (files[role] ? [{ role, file: files[role] }] : []));
  const of = chosen.reduce((bytes, { file }) => bytes + file.size, 0);
  const uploads: { role: DatasetFileRole; uploadId: string }[] = [];
  let before = 0;
  try {
    for (const { role, file } of chosen) {
      tell({ bytes: before, of, file: file.name });
      const uploadId = arrived.get(file) ?? (await upload(file, controller.signal, (bytes) => tell({ bytes: before + bytes, of, file: file.name }))).uploadId;
      arrived.set(file, uploadId);
      uploads.push({ role, uploadId });
      before += file.size;
    }
    return uploads;
  } finally {
    sending.current = null;
  }
}

function pathsOf(values: DatasetValues): { role: DatasetFileRole; path: string }[] {
  return rolesOf(values.way === 'PATH' ? values.pathKind : 'SYNTHETIC').flatMap((role) => {
    const path = values.paths[role].trim();
    return path === '' ? [] : [{ role, path }];
  });
}
