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

const newView = z.object({ name: requiredText(VIEW_NAME_MAX), shared: z.boolean() });
const viewName = z.object({ name: requiredText(VIEW_NAME_MAX) });

interface SaveViewProps {
  place: ViewPlace;
  query: string;
  mayShare: boolean;
  onClose: () => void;
}

export function SaveViewDialog({ opened, ...props }: SaveViewProps & { opened: boolean }) {
  const { t } = useTranslation('lists');
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('view.saveTitle')} size="sm">
      <SaveViewForm {...props} />
    </Modal>
  );
}

function SaveViewForm({ place: { list, project }, query, mayShare, onClose }: SaveViewProps) {
  const { t } = useTranslation(['lists', 'shell']);
  const fieldError = useFieldError();
  const toast = useToast();
  const [create, { error, loading }] = useMutation(CreateSavedViewDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(newView), defaultValues: { name: '', shared: false } });
  const submit = handleSubmit(async ({ name, shared }) => {
    const { data } = await create({ variables: { input: { list, projectId: project?.id ?? null, name, query, shared } } });
    if (!data) return;
    toast.done(t('view.saved', { name }));
    onClose();
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput
          {...register('name')}
          label={t('view.name')}
          description={query === '' ? t('view.ofAll') : query}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          data-autofocus
          error={fieldError(formState.errors.name)}
        />
        {mayShare && <Checkbox {...register('shared')} label={t(project ? 'view.shareInProject' : 'view.shareWithAll')} />}
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('shell:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}

/** @param onDone whether or not it was renamed */
export function RenameViewDialog({ view, onDone }: { view: SavedViewPartsFragment | null; onDone: () => void }) {
  const { t } = useTranslation('lists');
  return (
    <Modal opened={view !== null} onClose={onDone} title={t('view.renameTitle')} size="sm">
      {view && <RenameViewForm view={view} onDone={onDone} />}
    </Modal>
  );
}

function RenameViewForm({ view, onDone }: { view: SavedViewPartsFragment; onDone: () => void }) {
  const { t } = useTranslation(['lists', 'shell']);
  const fieldError = useFieldError();
  const [update, { error, loading }] = useMutation(UpdateSavedViewDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(viewName), defaultValues: { name: view.name } });
  const submit = handleSubmit(async ({ name }) => {
    const { data } = await update({ variables: { id: view.id, version: view.version, input: { name } } });
    if (data) onDone();
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput {...register('name')} label={t('view.name')} autoComplete="off" data-autofocus error={fieldError(formState.errors.name)} />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('shell:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
