import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { LAYER_KINDS, type LayerKind, SIZE_CLASSES } from '@trainyard/domain';
import { Fact, Facts, SideScroll, StateMark } from '@trainyard/ui';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { EngineReason } from '../training/EngineReason.tsx';
import { useNow } from '../shell/useNow.ts';
import classes from './RunnerCard.module.css';
import { RunnerState } from './RunnerState.tsx';
import type { RunnersQuery } from './runners.generated.ts';

type Runner = RunnersQuery['runners'][number];
type EngineInfo = Runner['engines'][number];

export interface RunnerCardProps {
  runner: Runner;
}

export function RunnerCard({ runner }: RunnerCardProps) {
  const { t } = useTranslation('runner');
  const format = useFormat();
  const now = useNow(5_000);
  const root = useRef<HTMLElement>(null);
  const isWanted = useRouterState({ select: ({ location }) => location.hash === `runner-${runner.id}` });
  useEffect(() => {
    if (isWanted) root.current?.scrollIntoView({ block: 'nearest' });
  }, [isWanted]);
  return (
    <section ref={root} className={classes.root} aria-label={runner.name} data-wanted={isWanted || undefined}>
      <div className={classes.head}>
        <h2 className={classes.name}>{runner.name}</h2>
        <RunnerState online={runner.online} />
        <span className={classes.seen}>{t('seen', { when: format.relative(runner.lastSeenAt, now) })}</span>
      </div>
      <Facts layout="LINE" className={classes.facts}>
        <Fact name={t('fact.host')}>{runner.host}</Fact>
        <Fact name={t('fact.cores')}>{format.number(runner.cores)}</Fact>
        <Fact name={t('fact.memory')}>{format.bytes(runner.memoryMiB * 1024 ** 2)}</Fact>
        <Fact name={t('fact.busy')}>{t('busyOf', { busy: format.number(runner.busy), concurrency: format.number(runner.concurrency) })}</Fact>
        <Fact name={t('fact.version')}>{runner.version}</Fact>
      </Facts>
      {runner.speaks !== 'SAME' && (
        <p className={classes.idle}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {t(`speaks.${runner.speaks}`)}
        </p>
      )}
      {!runner.engines.some((engine) => engine.available) && (
        <p className={classes.idle}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {t('takesNothing')}
        </p>
      )}
      <SideScroll label={t('engines')} framed>
        <table className={classes.table} data-names>
          <thead>
            <tr>
              <th scope="col">{t('engine')}</th>
              <th scope="col">{t('availability')}</th>
              <th scope="col">{t('device')}</th>
              <th scope="col">{t('layers')}</th>
              <th scope="col" className={classes.number}>
                {t('speed.MLP_SMALL')}
              </th>
              <th scope="col" className={classes.number}>
                {t('speed.MLP')}
              </th>
              <th scope="col" className={classes.number}>
                {t('speed.CNN')}
              </th>
            </tr>
          </thead>
          <tbody>
            {runner.engines.map((engine) => (
              <EngineRow key={engine.engine} engine={engine} />
            ))}
          </tbody>
        </table>
      </SideScroll>
    </section>
  );
}

function EngineRow({ engine }: { engine: EngineInfo }) {
  const { t: training } = useTranslation('training');
  const format = useFormat();
  const layers = engine.layers.filter((layer): layer is LayerKind => LAYER_KINDS.some((known) => known === layer));
  if (!engine.available) {
    return (
      <tr data-unavailable>
        <th scope="row">{training(`engine.${engine.engine}.name`)}</th>
        <td colSpan={6}>
          <div className={classes.unavailable}>
            <Availability available={false} />
            {engine.reason && <EngineReason className={classes.reason} reason={engine.reason} reasonParams={engine.reasonParams} />}
          </div>
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row" title={versionsText(engine.versions)}>
        {training(`engine.${engine.engine}.name`)}
      </th>
      <td>
        <Availability available />
      </td>
      <td className={classes.wide}>{engine.device ? `${engine.device}${engine.isGpu ? ' (GPU)' : ''}` : '–'}</td>
      <td className={classes.layers}>{layers.length > 0 ? layers.map((layer) => training(`layer.${layer}`)).join(training('listSeparator')) : '–'}</td>
      {SIZE_CLASSES.map((size) => (
        <td key={size} className={classes.number}>
          {speedText(engine.samplesPerSecond, size, format.number)}
        </td>
      ))}
    </tr>
  );
}

function Availability({ available }: { available: boolean }) {
  const { t } = useTranslation('runner');
  return available ? (
    <StateMark state="AVAILABLE" tone="good" icon={IconCircleCheck}>
      {t('available')}
    </StateMark>
  ) : (
    <StateMark state="UNAVAILABLE" tone="warn" icon={IconAlertTriangle}>
      {t('unavailable')}
    </StateMark>
  );
}

function versionsText(versions: unknown): string | undefined {
  if (typeof versions !== 'object' || versions === null) return undefined;
  return (
    Object.entries(versions)
      .map(([name, version]) => `${name} ${String(version)}`)
      .join('\n') || undefined
  );
}

function speedText(speeds: unknown, size: string, number: (value: number) => string): string {
  const speed: unknown = typeof speeds === 'object' && speeds !== null ? (speeds as Record<string, unknown>)[size] : undefined;
  return typeof speed === 'number' ? number(Math.round(speed)) : '–';
}
