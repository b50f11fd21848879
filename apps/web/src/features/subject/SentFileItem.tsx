import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconFile, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import classes from './Files.module.css';
import { canRetry, type SentFile } from './file-queue.ts';

export interface SentFileItemProps {
  sent: SentFile;
  onRetry: () => void;
  onRemove: () => void;
}

/** A file on its way, with how far it is; or why it did not arrive. */
export function SentFileItem({ sent, onRetry, onRemove }: SentFileItemProps) {
  const { t } = useTranslation('subject');
  const format = useFormat();
  const describe = useErrorMessage();
  const { file, error } = sent;
  const { name, size } = file;
  return (
    <li className={classes.item}>
      <span className={classes.picture}>
        <IconFile size={20} stroke={1.5} aria-hidden="true" />
      </span>
      <div className={classes.text}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {error ? (
          <span className={classes.failed} role="alert">
            {describe(error)}
          </span>
        ) : (
          <span className={classes.facts}>
            {sent.sent === null ? t('waiting') : t('sending', { sent: format.bytes(Math.min(sent.sent, size)), of: format.bytes(size) })}
          </span>
        )}
        {sent.sent !== null && (
          <Progress.Root size="xs">
            <Progress.Section value={Math.min(100, (100 * sent.sent) / size)} aria-label={t('progress', { name })} />
          </Progress.Root>
        )}
      </div>
      {canRetry(sent) && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t(error ? 'dismiss' : 'cancel', { name })} onClick={onRemove}>
        <IconX size={16} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}
