import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './StateNotice.module.css';

export interface StateNoticeProps {
  icon: Icon;
  text: string;
  pending?: boolean;
  /** Absent for those who may not. */
  onRestore?: () => void;
}

/** Says over a page why nothing can be changed on it, with the way back. */
export function StateNotice({ icon: Symbol, text, pending, onRestore }: StateNoticeProps) {
  const { t } = useTranslation('shell');
  return (
    <div className={classes.notice} role="status">
      <Symbol size={16} aria-hidden="true" />
      <span className={classes.text}>{text}</span>
      {onRestore && (
        <Button size="compact-sm" variant="default" loading={pending} onClick={onRestore}>
          {t('projectState.restore')}
        </Button>
      )}
    </div>
  );
}
