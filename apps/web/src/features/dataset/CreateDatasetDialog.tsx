import { Modal } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateDatasetForm } from './CreateDatasetForm.tsx';
import type { DatasetValues } from './dataset-form.ts';

export interface CreateDatasetDialogProps {
  opened: boolean;
  onClose: () => void;
  onCreated: (id: string) => void;
  /** Of the place it is opened from: what is written there is offered there again. */
  draftKey: string;
  /** What the form begins with: what is to be replaced, or what is asked for. */
  first?: Partial<DatasetValues>;
}

/** In a Modal.Stack it covers the dialog that it was opened from. */
export function CreateDatasetDialog({ opened, onClose, onCreated, draftKey, first }: CreateDatasetDialogProps) {
  const { t } = useTranslation('dataset');
  const sending = useRef<AbortController>(null);
  const close = (): void => {
    sending.current?.abort();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} stackId="create-dataset" size={720} title={t('create.title')} closeOnClickOutside={false}>
      {opened && <CreateDatasetForm sending={sending} onClose={close} onCreated={onCreated} draftKey={draftKey} first={first} />}
    </Modal>
  );
}
