import { Button } from '@mantine/core';
import { IconPencilPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import classes from './DraftNote.module.css';

export interface DraftNoteProps {
  /** When it was written, in milliseconds. */
  at: number;
  /** The words, where the field that holds them is not open. */
  excerpt?: string;
  /** Opens the field with them. */
  onContinue?: () => void;
  onDiscard: () => void;
}

/** Says that what was written before is still there. */
export function DraftNote({ at, excerpt, onContinue, onDiscard }: DraftNoteProps) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const time = format.moment(new Date(at).toISOString(), Date.now());
  return (
    <div className={classes.note} role="status">
      <span>
        <IconPencilPause size={14} className={classes.icon} aria-hidden="true" />
        {t('draft.kept', { time })}
      </span>
      {onContinue && (
        <Button size="compact-xs" variant="default" onClick={onContinue}>
          {t('draft.continue')}
        </Button>
      )}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onDiscard}>
        {t('draft.discard')}
      </Button>
      {excerpt !== undefined && <p className={classes.excerpt}>{excerpt}</p>}
    </div>
  );
}
