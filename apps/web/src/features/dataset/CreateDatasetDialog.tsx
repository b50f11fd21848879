import { Modal } from '@mantine/core';
import type { DatasetKind, DatasetSourceKind } from '@trainyard/domain';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateDatasetForm } from './CreateDatasetForm.tsx';

export interface CreateDatasetDialogProps {
  opened: boolean;
  onClose: () => void;
  onCreated: (id: string) => void;
  /** What a data set that is to be replaced was. */
  first?: { name: string; kind: DatasetKind; source: DatasetSourceKind };
}

export function CreateDatasetDialog({ opened, onClose, onCreated, first }: CreateDatasetDialogProps) {
  const { t } = useTranslation('dataset');
  const sending = useRef<AbortController>(null);
  const close = (): void => {
    sending.current?.abort();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} size={620} title={t('create.title')} closeButtonProps={{ 'aria-label': t('close') }} closeOnClickOutside={false}>
      {opened && <CreateDatasetForm sending={sending} onClose={close} onCreated={onCreated} first={first} />}
    </Modal>
  );
}
