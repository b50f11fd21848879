import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import type { Refusal } from './queue-form.ts';

/** Why a column cannot be predicted, short enough for a line of a list; the whole sentence comes where it is chosen nevertheless. */
export function useWhyNot(): (refusal: Refusal) => string {
  const { t } = useTranslation('training');
  const describe = useErrorMessage();
  const format = useFormat();
  return ({ code, params }) => {
    const formatted = format.number(Number(params?.classes ?? 0));
    switch (code) {
      case 'TARGET_TOO_MANY_CLASSES':
        return t(params?.more ? 'queue.column.moreClasses' : 'queue.column.tooManyClasses', { formatted, max: format.number(Number(params?.maxClasses)) });
      case 'TARGET_VALUES_UNIQUE':
        return t('queue.column.unique');
      case 'TARGET_VALUES_UNCOUNTED':
        return t('queue.column.uncounted');
      case 'TARGET_NOT_NUMERIC':
        return t('queue.column.notNumeric');
      case 'DATASET_ONE_CLASS':
        return t('queue.column.oneValue');
      default:
        return describe({ code, params });
    }
  };
}
