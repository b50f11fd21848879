import { useMutation } from '@apollo/client/react';
import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import { VIEW_NAME_MAX } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { CreateSavedViewDocument, UpdateSavedViewDocument, type SavedViewPartsFragment } from './saved-views.generated.ts';
import type { ViewPlace } from './useViewRights.ts';

const viewForm = z.object({ name: requiredText(VIEW_NAME_MAX), shared: z.boolean() });
type ViewForm = z.infer<typeof viewForm>;

export interface SaveViewProps {
  place: ViewPlace;
  query: string;
  mayShare: boolean;
  onClose: () => void;
}

export function SaveViewDialog({ opened, ...props }: SaveViewProps & { opened: boolean }) {
  const { t } = useTranslation('lists');
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('view.saveTitle')} size="sm">
      <SaveView {...props} />
    </Modal>
  );
}

function SaveView({ place: { list, project }, query, mayShare, onClose }: SaveViewProps) {
  const { t } = useTranslation('lists');
  const toast = useToast();
  const [create, { error, loading }] = useMutation(CreateSavedViewDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  const save = async (form: ViewForm): Promise<void> => {
    const { data } = await create({ variables: { input: { list, projectId: project?.id ?? null, query, ...form } } });
    if (!data) return;
    toast.done(t('view.saved', { name: form.name }));
    onClose();
  };
  return (
    <Form
      name=""
      describes={query === '' ? t('view.ofAll') : query}
      share={mayShare ? t(project ? 'view.shareInProject' : 'view.shareWithAll') : null}
      error={error}
      isSaving={loading}
      onSave={save}
    />
  );
}

/** @param onDone whether or not it was renamed */
export function RenameViewDialog({ view, onDone }: { view: SavedViewPartsFragment | null; onDone: () => void }) {
  const { t } = useTranslation('lists');
  return (
    <Modal opened={view !== null} onClose={onDone} title={t('view.renameTitle')} size="sm">
      {view && <RenameView view={view} onDone={onDone} />}
    </Modal>
  );
}

function RenameView({ view: { id, version, name }, onDone }: { view: SavedViewPartsFragment; onDone: () => void }) {
  const [update, { error, loading }] = useMutation(UpdateSavedViewDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  const save = async (form: ViewForm): Promise<void> => {
    const { data } = await update({ variables: { id, version, input: { name: form.name } } });
    if (data) onDone();
  };
  return <Form name={name} error={error} isSaving={loading} onSave={save} />;
}

interface FormProps {
  name: string;
  /** The query it is a name for. */
  describes?: string;
  /** What sharing it means; null: it is not asked. */
  share?: string | null;
  error: unknown;
  isSaving: boolean;
  onSave: (form: ViewForm) => Promise<void>;
}

function Form({ name, describes, share = null, error, isSaving, onSave }: FormProps) {
  const { t } = useTranslation(['lists', 'shell']);
  const fieldError = useFieldError();
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(viewForm), defaultValues: { name, shared: false } });
  const submit = handleSubmit(onSave);
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput
          {...register('name')}
          label={t('view.name')}
          description={describes}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          data-autofocus
          error={fieldError(formState.errors.name)}
        />
        {share !== null && <Checkbox {...register('shared')} label={share} />}
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={isSaving}>
            {t('shell:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
