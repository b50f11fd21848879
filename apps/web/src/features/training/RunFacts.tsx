import { Link } from '@tanstack/react-router';
import { OPTIMIZERS, isTabularTemplate, type RunParameters } from '@trainyard/domain';
import { Fact, Facts } from '@trainyard/ui';
import { useCallback, type ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { CopyText } from '../shell/CopyText.tsx';
import { flopsText } from './flops-text.ts';
import classes from './RunFacts.module.css';
import type { RunPageQuery } from './runs.generated.ts';
import { useRowsText } from './useRowsText.ts';

type Run = NonNullable<RunPageQuery['run']>;
export const PARAMETER_NAMES = [
  'epochs',
  'batchSize',
  'learningRate',
  'schedule',
  'warmupSteps',
  'optimizer',
  'l2',
  'dropout',
  'seed',
  'validationSplit',
  'targetColumn',
  'hiddenUnits',
  'checkpointEveryEpochs',
] as const satisfies readonly (keyof RunParameters)[];

/** A parameter as it is read; null where the template has none. */
export function useParameterText(): (name: keyof RunParameters, parameters: RunParameters) => string | null {
  const { t } = useTranslation('training');
  const format = useFormat();
  return useCallback(
    (name, parameters) => {
      if (name === 'schedule') return t(`schedule.${parameters.schedule}`);
      if (name === 'optimizer') return OPTIMIZERS.includes(parameters.optimizer) ? t(`optimizer.${parameters.optimizer}`) : parameters.optimizer;
      if (name === 'hiddenUnits') return parameters.hiddenUnits.length > 0 ? parameters.hiddenUnits.join(' → ') : null;
      if (name === 'targetColumn') return parameters.targetColumn;
      return name === 'seed' ? String(parameters.seed) : format.figure(parameters[name]);
    },
    [t, format],
  );
}

/** Everything that decided the run, and what it really ran on. */
export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const text = useParameterText();
  const rowsText = useRowsText();
  const attempt = run.attempts.reduce<Run['attempts'][number] | null>((newest, one) => (newest && newest.number > one.number ? newest : one), null);
  const versions = versionsOf(attempt?.versions);
  const parameterCount = run.result?.parameterCount ?? attempt?.parameterCount ?? null;
  // Of all its attempts: the days between a failure and going on are not the run's.
  const tookMs = run.endedAt
    ? run.attempts.reduce((sum, { startedAt, endedAt }) => (startedAt && endedAt ? sum + Date.parse(endedAt) - Date.parse(startedAt) : sum), 0)
    : null;
  return (
    <>
      <Group title={t('facts.environment')}>
        <Fact name={t('fact.asked')}>{t(`engine.${run.engine}.name`)}</Fact>
        {attempt?.engine && <Fact name={t('fact.ranOn')}>{t(`engine.${attempt.engine}.name`)}</Fact>}
        {parameterCount !== null && <Fact name={t('fact.parameterCount')}>{format.number(parameterCount)}</Fact>}
        {run.result && <Fact name={t('fact.flops')}>{flopsText(format, run.result.flopsPerSecond)}</Fact>}
        {tookMs !== null && tookMs > 0 && <Fact name={t('fact.took')}>{format.duration(tookMs)}</Fact>}
        {versions.map(([name, version]) => (
          <Fact key={name} name={name}>
            {version}
          </Fact>
        ))}
      </Group>
      <Group title={t('facts.data')}>
        <Fact name={t('fact.dataset')}>
          {run.dataset ? (
            <Link to="/datasets/$datasetId" params={{ datasetId: run.dataset.id }}>
              {run.dataset.name}
            </Link>
          ) : (
            t('fact.datasetGone')
          )}
        </Fact>
        {run.rows && <Fact name={t('fact.rows')}>{rowsText(run.rows)}</Fact>}
        <Fact name={t('fact.digest')}>
          <CopyText text={run.datasetDigest} shown={`${run.datasetDigest.slice(0, 12)}…`} label={t('copyDigest')} />
        </Fact>
      </Group>
      <Group title={t('facts.parameters')} note={run.before && <ComparedWith before={run.before} />}>
        <Fact name={t('fact.template')}>{t(`template.${run.template}.name`)}</Fact>
        {PARAMETER_NAMES.filter((name) => isTabularTemplate(run.template) || (name !== 'targetColumn' && name !== 'hiddenUnits')).map((name) => (
          <Fact key={name} name={t(`parameter.${name}`)}>
            <Differing was={run.before ? (text(name, run.before.parameters) ?? '–') : null}>{text(name, run.parameters) ?? '–'}</Differing>
          </Fact>
        ))}
      </Group>
    </>
  );
}

/** What is another than in the run before is bold, and says what it was. */
function Differing({ was, children }: { was: string | null; children: string }) {
  const { t } = useTranslation('training');
  if (was === null || was === children) return <>{children}</>;
  return (
    <>
      <strong>{children}</strong> <span className={classes.was}>{t('facts.was', { value: was })}</span>
    </>
  );
}

function ComparedWith({ before }: { before: NonNullable<Run['before']> }) {
  const { t } = useTranslation('training');
  return (
    <Trans
      t={t}
      i18nKey="facts.comparedWith"
      components={{ run: <Link to="/runs/$runId" params={{ runId: before.id }} /> }}
      values={{ run: t('page.short', { number: before.number }) }}
    />
  );
}

function Group({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.group}>
      <h2 className={classes.heading}>{title}</h2>
      {note && <p className={classes.was}>{note}</p>}
      <Facts layout="LIST">{children}</Facts>
    </section>
  );
}

function versionsOf(versions: unknown): [string, string][] {
  if (typeof versions !== 'object' || versions === null) return [];
  return Object.entries(versions).map(([name, version]) => [name, String(version)]);
}
