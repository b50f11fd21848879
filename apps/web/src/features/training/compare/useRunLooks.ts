import { seriesLook, type SeriesLook } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useParameterText } from '../RunFacts.tsx';
import type { ComparedRunFragment } from './compare.generated.ts';
import { differingParameters } from './run-names.ts';

/** How a run is told from the others, in words and in lines. */
export interface RunLook {
  look: SeriesLook;
  /** "Run 12", with the key of its project where they are of several: runs are counted within one. */
  name: string;
  /** What differs from the others, the most telling first; empty where nothing does. */
  differences: readonly string[];
}

/** Parts of a difference that a legend has room for. */
export const SHORT_DIFFERENCES = 4;

export function useRunLooks(runs: readonly ComparedRunFragment[]): readonly RunLook[] {
  const { t } = useTranslation('training');
  const text = useParameterText();
  return useMemo(() => {
    const isOne = (values: readonly (string | null | undefined)[]): boolean => new Set(values).size < 2;
    const oneProject = isOne(runs.map(({ projectId }) => projectId));
    const oneTemplate = isOne(runs.map(({ template }) => template));
    const oneDataset = isOne(runs.map(({ datasetDigest }) => datasetDigest));
    const oneEngine = isOne(runs.map(({ attempt, engine }) => attempt?.engine ?? engine));
    const parameters = differingParameters(runs);
    return runs.map((run, i) => {
      const number = t('page.short', { number: run.number });
      const engine = run.attempt?.engine ?? run.engine;
      return {
        look: seriesLook(i),
        name: oneProject || !run.ticket ? number : `${run.ticket.key.slice(0, run.ticket.key.lastIndexOf('-'))} · ${number}`,
        differences: [
          ...(oneTemplate ? [] : [t(`template.${run.template}.name`)]),
          ...parameters.flatMap((name) => {
            const value = text(name, run.parameters);
            return value === null ? [] : [t('compare.difference', { name: t(`parameter.${name}`), value })];
          }),
          ...(oneDataset ? [] : [run.dataset?.name ?? t('fact.datasetGone')]),
          ...(oneEngine ? [] : [t(`engine.${engine}.name`)]),
        ],
      };
    });
  }, [runs, t, text]);
}
