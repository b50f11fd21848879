import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ConfirmDialog.module.css';
import { DialogFoot } from './DialogFoot.tsx';

export interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What will be lost or stopped. */
  children: ReactNode;
  labels: { confirm: string; cancel: string };
  pending?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that cannot be taken back. The safe answer has the focus. */
export function ConfirmDialog({ opened, title, children, labels, pending = false, onConfirm, onCancel }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onCancel} title={title} size="sm" centered>
      <div className={classes.text}>{children}</div>
      <DialogFoot>
        <Button variant="default" onClick={onCancel} data-autofocus>
          {labels.cancel}
        </Button>
        <Button color="red" loading={pending} onClick={onConfirm}>
          {labels.confirm}
        </Button>
      </DialogFoot>
    </Modal>
  );
}
