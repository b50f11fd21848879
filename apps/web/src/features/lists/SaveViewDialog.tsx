import { Checkbox, Modal, TextInput } from '@mantine/core';
import { VIEW_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import { CreateSavedViewDocument, UpdateSavedViewDocument, type SavedViewPartsFragment } from './saved-views.generated.ts';
import type { ViewPlace } from './useViewRights.ts';

const viewForm = z.object({ name: requiredText(VIEW_NAME_MAX), shared: z.boolean() });

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
  const { t } = useTranslation(['lists', 'shell']);
  const toast = useToast();
  const form = useMutationForm(CreateSavedViewDocument, {
    schema: viewForm,
    values: { name: '', shared: false },
    variables: (values) => ({ input: { list, projectId: project?.id ?? null, query, ...values } }),
    onDone: (_data, { name }) => {
      toast.done(t('view.saved', { name }));
      onClose();
    },
  });
  return (
    <DialogForm form={form} submit={t('shell:save')}>
      <TextInput
        {...form.field('name')}
        label={t('view.name')}
        description={query === '' ? t('view.ofAll') : query}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        data-autofocus
      />
      {mayShare && <Checkbox {...form.register('shared')} label={t(project ? 'view.shareInProject' : 'view.shareWithAll')} />}
    </DialogForm>
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
  const { t } = useTranslation(['lists', 'shell']);
  const form = useMutationForm(UpdateSavedViewDocument, {
    schema: viewForm,
    values: { name, shared: false },
    variables: (values) => ({ id, version, input: { name: values.name } }),
    onDone,
  });
  return (
    <DialogForm form={form} submit={t('shell:save')}>
      <TextInput {...form.field('name')} label={t('view.name')} autoComplete="off" data-autofocus />
    </DialogForm>
  );
}
