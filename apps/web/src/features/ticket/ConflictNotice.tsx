import { Button } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ConflictNotice.module.css';

export interface ConflictNoticeProps {
  /** Who changed it; empty where that is not known. */
  by: string;
  /** The text as the other person left it. */
  theirs: string;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Two people changed the same text: says who, shows theirs, keeps mine until one is chosen. */
export function ConflictNotice({ by, theirs, onKeepMine, onTakeTheirs }: ConflictNoticeProps) {
  const { t } = useTranslation('ticket');
  return (
    <div className={classes.notice} role="alert">
      <p className={classes.text}>
        <IconArrowsSplit size={15} aria-hidden="true" className={classes.icon} />
        {by === '' ? t('conflict.somebody') : t('conflict.by', { name: by })}
      </p>
      <details>
        <summary>{t('conflict.show')}</summary>
        <pre className={classes.theirs}>{theirs === '' ? t('conflict.empty') : theirs}</pre>
      </details>
      <div className={classes.actions}>
        <Button size="compact-sm" onClick={onKeepMine}>
          {t('conflict.keepMine')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
      </div>
    </div>
  );
}
