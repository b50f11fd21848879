import { Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';

export interface SecretDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** The title once the secret is made. */
  madeTitle: string;
  size?: string;
  /** Asks what it is to be, and hands over what was made. */
  form: (onMade: (secret: string) => void) => ReactNode;
  /** Shows it. */
  made: (secret: string, onDone: () => void) => ReactNode;
}

/** Makes a secret, which is seen this once: as soon as it shows, no slip of the hand closes the dialog. */
export function SecretDialog({ opened, onClose, title, madeTitle, size, form, made }: SecretDialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => {
    setSecret(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size={size}
      title={secret === null ? title : madeTitle}
      closeOnClickOutside={secret === null}
      closeOnEscape={secret === null}
    >
      {secret === null ? form(setSecret) : made(secret, close)}
    </Modal>
  );
}
