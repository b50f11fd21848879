import type { LeftOut } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';

export interface Rows {
  used: number;
  leftOut: readonly LeftOut[];
}

/** What becomes of every row, in one sentence: how many there are, how many are used, how many are not and why. */
export function useRowsText(): (rows: Rows) => string {
  const { t } = useTranslation('training');
  const format = useFormat();
  return ({ used, leftOut }) => {
    const out = leftOut.reduce((sum, { rows }) => sum + rows, 0);
    const total = used + out;
    const facts = { rows: t('queue.rows', { count: total, formatted: format.number(total) }), used: format.number(used) };
    if (out === 0) return t('queue.rowsUsed', facts);
    const why = leftOut.map(({ reason, word, rows }) => {
      const formatted = format.number(rows);
      return t(`leftOut.${reason}`, { word, formatted });
    });
    return t('queue.rowsLeftOut', { ...facts, out: format.number(out), why: why.join(t('listSeparator')) });
  };
}
