import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './SelectionBar.module.css';

/** What can be done with the rows that were ticked; there while there are some. */
export function SelectionBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  if (count === 0) return null;
  return (
    <div className={classes.root} role="toolbar" aria-label={t('selection.what')}>
      <span className={classes.count} role="status">
        {t('selection.count', { count, number: format.number(count) })}
      </span>
      {children}
      <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconX size={14} aria-hidden="true" />} onClick={onClear}>
        {t('selection.clear')}
      </Button>
    </div>
  );
}
