import type { ComparedMetric } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { metricName } from '../CardRun.tsx';
import { metricText } from '../metric-text.ts';
import { PARAMETER_NAMES, useParameterText } from '../RunFacts.tsx';
import type { ComparedRunFragment } from './compare.generated.ts';
import { cellsDiffer, type Cell, type Row } from './comparison-rows.ts';

/** Everything that is compared of runs, row by row. */
export function useComparisonRows(runs: readonly ComparedRunFragment[], metrics: readonly ComparedMetric[]): Row[] {
  const { t } = useTranslation('training');
  const format = useFormat();
  const parameterText = useParameterText();
  const row = (group: Row['group'], key: string, name: string, cell: (run: ComparedRunFragment) => Cell | null): Row => {
    const cells = runs.map(cell);
    return { key, group, name, cells, differs: cellsDiffer(cells) };
  };
  const text = (value: string | null | undefined): Cell | null => (value ? { text: value, raw: value } : null);
  const figure = (value: number | null | undefined, write: (value: number) => string): Cell | null =>
    value === null || value === undefined ? null : { text: write(value), raw: value };
  const rows: Row[] = [
    ...metrics.map(({ split, name, values, comparable, best }): Row => {
      const cells = values.map((one, i): Cell | null => {
        if (!one) return null;
        const isNumber = Number.isFinite(one.value);
        const shown = isNumber ? metricText(format, name, one.value) : t('compare.notANumber');
        return { text: shown, raw: isNumber ? one.value : 'NaN', isBest: best === i, lastStep: one.lastStep };
      });
      return {
        key: `${split}.${name}`,
        group: 'METRICS',
        name: t('compare.metric', { split: t(`split.${split}`), name: metricName(t, name) }),
        cells,
        isIncomparable: !comparable,
        differs: true,
      };
    }),
    row('DATA', 'ticket', t('list.field.ticket'), ({ ticket }) => text(ticket ? ticket.key : t('list.ticketGone'))),
    row('DATA', 'template', t('fact.template'), ({ template }) => text(t(`template.${template}.name`))),
    row('DATA', 'dataset', t('fact.dataset'), ({ dataset }) => text(dataset?.name ?? t('fact.datasetGone'))),
    row('DATA', 'digest', t('fact.digest'), ({ datasetDigest }) => ({ text: `${datasetDigest.slice(0, 8)}…`, raw: datasetDigest })),
    ...PARAMETER_NAMES.map((name) =>
      row('PARAMETERS', `param.${name}`, t(`parameter.${name}`), ({ parameters }) => {
        const shown = parameterText(name, parameters);
        const value = parameters[name];
        return shown === null ? null : { text: shown, raw: typeof value === 'number' || typeof value === 'string' ? value : shown };
      }),
    ),
    row('ENVIRONMENT', 'asked', t('fact.asked'), ({ engine }) => text(t(`engine.${engine}.name`))),
    row('ENVIRONMENT', 'ranOn', t('fact.ranOn'), ({ attempt }) => text(attempt?.engine && t(`engine.${attempt.engine}.name`))),
    row('ENVIRONMENT', 'device', t('fact.device'), ({ attempt }) => text(attempt?.device)),
    row('ENVIRONMENT', 'runner', t('fact.runner'), ({ attempt }) => text(attempt?.runnerName)),
    row('ENVIRONMENT', 'parameterCount', t('fact.parameterCount'), ({ attempt, result }) =>
      figure(result?.parameterCount ?? attempt?.parameterCount, format.number),
    ),
    row('TIME', 'queued', t('list.field.queued'), ({ queuedAt }) => ({ text: format.dateTime(queuedAt), raw: queuedAt })),
    row('TIME', 'by', t('list.field.by'), ({ createdBy }) => text(createdBy?.name)),
    row('TIME', 'epochs', t('fact.epochs'), ({ card }) =>
      card.totalEpochs > 0 ? { text: `${format.number(card.trainingEpoch)} / ${format.number(card.totalEpochs)}`, raw: card.trainingEpoch } : null,
    ),
    row('TIME', 'training', t('fact.training'), ({ result, card }) => figure(result?.trainMs ?? card.elapsedMs, format.duration)),
    row('TIME', 'speed', t('fact.speed'), ({ result, card }) =>
      figure(result?.samplesPerSecond ?? card.samplesPerSecond, (value) => t('perSecond', { value: format.number(Math.round(value)) })),
    ),
  ];
  return rows.filter(({ cells }) => cells.some((cell) => cell !== null));
}
