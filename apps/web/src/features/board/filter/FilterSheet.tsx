import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../shell/Sheet.tsx';
import classes from './BoardFilter.module.css';

export interface FilterSheetProps {
  /** So many are asked for now. */
  conditions: number;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  children: ReactNode;
}

/** The filter of a narrow screen: a sign with the number of conditions, which opens it in a sheet. */
export function FilterSheet({ conditions, opened, onOpened, children }: FilterSheetProps) {
  const { t } = useTranslation('board');
  return (
    <>
      <button
        type="button"
        className={classes.sign}
        data-on={conditions > 0 || undefined}
        aria-label={conditions > 0 ? t('filter.openWith', { count: conditions }) : t('filter.open')}
        aria-haspopup="dialog"
        onClick={() => onOpened(true)}
      >
        <IconFilter size={18} stroke={1.7} aria-hidden="true" />
        {conditions > 0 && <span className={classes.number}>{conditions}</span>}
      </button>
      <Sheet opened={opened} onClose={() => onOpened(false)} title={t('filter.open')}>
        <div className={classes.sheet}>{children}</div>
      </Sheet>
    </>
  );
}
