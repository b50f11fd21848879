import { Select } from '@mantine/core';
import { ParallelPlot, type PlotAxis, ScatterPlot, Segments, Table } from '@trainyard/ui';
import type { ComparedMetric, RunParameters } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Section } from '../../shell/Page.tsx';
import { metricName } from '../CardRun.tsx';
import { metricText } from '../metric-text.ts';
import { PARAMETER_NAMES, useParameterText } from '../RunFacts.tsx';
import type { ComparedRunFragment } from './compare.generated.ts';
import classes from './CompareParameters.module.css';
import { leadingMetric } from './comparison-rows.ts';
import { differingParameters } from './run-names.ts';
import type { RunLook } from './useRunLooks.ts';

export interface CompareParametersProps {
  runs: readonly ComparedRunFragment[];
  looks: readonly RunLook[];
  metrics: readonly ComparedMetric[];
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
}

const SHAPES = ['SCATTER', 'PARALLEL', 'TABLE'] as const;
type Shape = (typeof SHAPES)[number];
const metricKey = ({ split, name }: ComparedMetric): string => `${split}.${name}`;

/** What parameters have to do with the result: two of them against each other, many side by side, or as a table. */
export function CompareParameters({ runs, looks, metrics, highlighted, onHighlight }: CompareParametersProps) {
  const { t } = useTranslation('training');
  const parameters = useParameterAxes(runs);
  const results = useMetricAxes(metrics);
  const differing = differingParameters(runs);
  const [shape, setShape] = useState<Shape>('SCATTER');
  const [x, setX] = useState<string | null>(null);
  const [y, setY] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);

  const leading = leadingMetric(metrics);
  const xAxis = parameters.find(({ key }) => key === (x ?? differing[0])) ?? parameters[0];
  const yAxis = results.find(({ key }) => key === (y ?? (leading && metricKey(leading)))) ?? results[0];
  // nothing to lay out where no run has come to a result yet, or where all were queued alike
  if (!xAxis || !yAxis || differing.length === 0) return null;
  const shown = parameters.filter(({ key }) => (chosen ?? differing.slice(0, 6)).includes(key));
  const items = looks.map(({ name, look }, i) => ({ key: runs[i]?.id ?? '', name, look }));
  const option = ({ key, name }: PlotAxis) => ({ value: key, label: name });
  const offered = parameters.filter(({ key }) => differing.some((name) => name === key) || key === xAxis.key);
  return (
    <Section
      title={t('compare.parameters')}
      actions={
        <Segments
          value={shape}
          onChange={setShape}
          data={SHAPES.map((one) => ({ value: one, label: t(`compare.shape.${one}`) }))}
          label={t('compare.shapeLabel')}
        />
      }
    >
      <div className={classes.choices}>
        {shape === 'SCATTER' && (
          <Select
            label={t('compare.xAxis')}
            data={offered.map(option)}
            value={xAxis.key}
            onChange={setX}
            allowDeselect={false}
            comboboxProps={{ width: 260, position: 'bottom-start' }}
          />
        )}
        <Select
          label={t('compare.yAxis')}
          data={results.map(option)}
          value={yAxis.key}
          onChange={setY}
          allowDeselect={false}
          comboboxProps={{ width: 260, position: 'bottom-start' }}
        />
        {shape !== 'SCATTER' && (
          <fieldset className={classes.axes}>
            <legend>{t('compare.axes')}</legend>
            {parameters.map(({ key, name, values }) => {
              const isShown = shown.some((one) => one.key === key);
              if (values.every((value) => value === null)) return null;
              return (
                <label key={key} className={classes.axis}>
                  <input
                    type="checkbox"
                    checked={isShown}
                    onChange={() => setChosen(isShown ? shown.map((one) => one.key).filter((one) => one !== key) : [...shown.map((one) => one.key), key])}
                  />
                  {name}
                </label>
              );
            })}
          </fieldset>
        )}
      </div>
      {shape === 'SCATTER' && (
        <ScatterPlot
          label={t('compare.scatterOf', { x: xAxis.name, y: yAxis.name })}
          items={items}
          x={xAxis}
          y={yAxis}
          highlighted={highlighted}
          onHighlight={onHighlight}
        />
      )}
      {shape === 'PARALLEL' && (
        <ParallelPlot
          label={t('compare.parallelOf', { y: yAxis.name })}
          items={items}
          axes={[...shown, yAxis]}
          highlighted={highlighted}
          onHighlight={onHighlight}
        />
      )}
      {shape === 'TABLE' && (
        <Table
          caption={t('compare.parameters')}
          head={
            <>
              <th scope="col">{t('list.run')}</th>
              {[...shown, yAxis].map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </>
          }
        >
          {items.map(({ key, name }, i) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {[...shown, yAxis].map(({ key: axis, values, format }) => {
                const value = values[i];
                return <td key={axis}>{value === null || value === undefined ? '–' : format(value)}</td>;
              })}
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

function useParameterAxes(runs: readonly ComparedRunFragment[]): (PlotAxis & { key: keyof RunParameters })[] {
  const { t } = useTranslation('training');
  const format = useFormat();
  const text = useParameterText();
  return PARAMETER_NAMES.map((name) => ({
    key: name,
    name: t(`parameter.${name}`),
    values: runs.map(({ parameters }) => {
      const value = parameters[name];
      return typeof value === 'number' ? value : text(name, parameters);
    }),
    format: (value) => (typeof value === 'number' ? format.figure(value) : value),
  }));
}

function useMetricAxes(metrics: readonly ComparedMetric[]): PlotAxis[] {
  const { t } = useTranslation('training');
  const format = useFormat();
  return metrics.map((metric) => ({
    key: metricKey(metric),
    name: t('compare.metric', { split: t(`split.${metric.split}`), name: metricName(t, metric.name) }),
    values: metric.values.map((one) => (one && Number.isFinite(one.value) ? one.value : null)),
    format: (value) => (typeof value === 'number' ? metricText(format, metric.name, value) : value),
  }));
}
