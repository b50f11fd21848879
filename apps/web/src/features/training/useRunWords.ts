import type { RUN_FIELDS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListWords } from '../lists/list-words.ts';
import { metricName } from './CardRun.tsx';
import { PARAMETER_NAMES } from './RunFacts.tsx';

type Field = Exclude<keyof typeof RUN_FIELDS, `${string}.*`>;

/** How the fields of a run and their words are called in a query. */
export function useRunWords(): ListWords {
  const { t } = useTranslation('training');
  return useMemo(
    () => ({
      field(name) {
        if (name === 'metric.*' || name === 'param.*') return t(`list.family.${name === 'metric.*' ? 'metric' : 'param'}`);
        const [family, ...rest] = name.split('.');
        const within = rest.join('.');
        if (family === 'metric') return metricName(t, within);
        if (family === 'param') {
          const parameter = PARAMETER_NAMES.find((one) => one === within);
          return parameter ? t(`parameter.${parameter}`) : within;
        }
        return t(`list.field.${name as Field}`);
      },
      word(field, word) {
        if (field === 'state') return t(`state.${word as 'QUEUED'}`);
        if (field === 'template') return t(`template.${word as 'CNN_28X28'}.name`);
        if (field === 'engine') return t(`engine.${word as 'AUTO'}.name`);
        if (field === 'failure') return t(`list.failure.${word as 'DIVERGED'}`);
        if (field === 'kind') return t(`list.kind.${word as 'TEMPLATE'}`);
        if (field === 'archived') return t(`list.archived.${word as 'YES'}`);
        return t(`list.is.${word as 'GOING'}`);
      },
    }),
    [t],
  );
}
