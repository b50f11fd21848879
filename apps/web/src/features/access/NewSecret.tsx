import { Button, Stack } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './NewSecret.module.css';

export interface NewSecretProps {
  secret: string;
  /** What to do with it, where it is no access token. */
  text?: string;
  onDone: () => void;
}

/** The one moment a new secret can be read. */
export function NewSecret({ secret, text, onDone }: NewSecretProps) {
  const { t } = useTranslation('access');
  const clipboard = useClipboard({ timeout: 3000 });
  return (
    <Stack gap="sm">
      <p className={classes.text}>{text ?? t('tokens.shownOnce')}</p>
      <code className={classes.secret}>{secret}</code>
      <DialogFoot>
        <Button
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => clipboard.copy(secret)}
          data-autofocus
        >
          <span aria-live="polite">{clipboard.copied ? t('tokens.copied') : t('tokens.copy')}</span>
        </Button>
        <Button onClick={onDone}>{t('tokens.done')}</Button>
      </DialogFoot>
    </Stack>
  );
}
