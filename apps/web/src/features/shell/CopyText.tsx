import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './CopyText.module.css';

/** A long text shown short, with a button that copies all of it. */
export function CopyText({ text, shown, label }: { text: string; shown: string; label: string }) {
  const { t } = useTranslation('shell');
  const clipboard = useClipboard({ timeout: 1_500 });
  return (
    <span className={classes.root}>
      <code title={text}>{shown}</code>
      <button type="button" className={classes.button} onClick={() => clipboard.copy(text)} aria-label={label} title={label}>
        {clipboard.copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
      </button>
      <span className={classes.told} aria-live="polite">
        {clipboard.copied ? t('draft.copied') : ''}
      </span>
    </span>
  );
}
