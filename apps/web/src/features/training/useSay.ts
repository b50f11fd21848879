import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import type { Refusal } from './queue-form.ts';

/** The sentence of a refusal; out of range is said in the form's own words, since the field is beside it. */
export function useSay(): (refusal: Refusal) => string {
  const { t } = useTranslation('training');
  const describe = useErrorMessage();
  const format = useFormat();
  return useCallback(
    (refusal: Refusal) => {
      const { code, params } = refusal;
      if (code === 'BAD_INPUT') return t('queue.chooseDataset');
      if (code === 'TEMPLATE_NEEDS_OTHER_DATA' && (params?.needs === '28x28' || params?.needs === '2' || params?.needs === 'CSV'))
        return t(`queue.needs.${params.needs}`);
      if (code !== 'PARAMETER_OUT_OF_RANGE') return describe(refusal);
      const range = { min: format.figure(Number(params?.min)), max: format.number(Number(params?.max)) };
      if (params?.field === 'hiddenUnits.length') return t('queue.tooManyLayers', range);
      return params?.integer ? t('queue.wholeRange', range) : t('queue.range', range);
    },
    [t, describe, format],
  );
}
