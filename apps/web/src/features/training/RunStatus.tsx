import { Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isEnded } from '@trainyard/domain';
import { Fact, Facts } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { CardRunFragment } from './run-cards.generated.ts';
import classes from './RunStatus.module.css';
import { useNow } from '../shell/useNow.ts';
import { WaitingText } from './WaitingText.tsx';

export interface RunStatusProps {
  card: CardRunFragment;
  cancelRequested: boolean;
  /** How far and how fast it goes is told beside it. */
  isBrief?: boolean;
}

/** Where a run is: what it waits for, how far it came, how fast it goes, how long it will take. */
export function RunStatus({ card, cancelRequested, isBrief = false }: RunStatusProps) {
  const { t } = useTranslation('training');
  const going = !isEnded(card.state);
  const phase =
    cancelRequested && going ? (
      t('cancelling')
    ) : card.waiting ? (
      <WaitingText waiting={card.waiting} retryAt={card.retryAt} />
    ) : card.phase && going ? (
      t(`phase.${card.phase}`)
    ) : null;
  if (isBrief && !card.doubt && !phase) return null;
  const forRunner = !cancelRequested && (card.waiting === 'NO_RUNNER' || card.waiting === 'NO_ENGINE');
  return (
    <div className={classes.root}>
      {card.doubt && (
        <p className={classes.doubt}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          {t(`doubt.${card.doubt}`)}
        </p>
      )}
      {/* A countdown is not for announcing every second. */}
      {phase && (
        <p className={classes.phase} role={card.retryAt ? undefined : 'status'}>
          {phase}
          {forRunner && (
            <>
              {' '}
              <Link to="/runners">{t('seeRunners')}</Link>
            </>
          )}
        </p>
      )}
      {!isBrief && <Numbers card={card} />}
    </div>
  );
}

function Numbers({ card }: { card: CardRunFragment }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const going = !isEnded(card.state);
  const training = card.state === 'RUNNING';
  const { elapsed, remaining } = useTicking(card, training);
  const done = card.totalSteps === 0 ? 0 : Math.min(100, (100 * card.step) / card.totalSteps);
  return (
    <>
      {going && (
        <Progress.Root size="sm">
          <Progress.Section value={done} aria-label={t('progress')} />
        </Progress.Root>
      )}
      <Facts layout="LINE">
        {card.totalSteps > 0 && (
          <>
            <Fact name={t('fact.steps')}>
              {format.number(card.step)} / {format.number(card.totalSteps)}
            </Fact>
            <Fact name={t('fact.epochs')}>
              {format.number(card.trainingEpoch)} / {format.number(card.totalEpochs)}
            </Fact>
          </>
        )}
        {elapsed !== null && elapsed > 0 && <Fact name={t('fact.elapsed')}>{format.duration(elapsed)}</Fact>}
        {training && remaining !== null && <Fact name={t('fact.remaining')}>{format.duration(remaining)}</Fact>}
        {card.samplesPerSecond !== null && <Fact name={t('fact.speed')}>{t('perSecond', { value: format.compact(card.samplesPerSecond) })}</Fact>}
      </Facts>
    </>
  );
}

/** Elapsed and remaining time that go on between two reports. */
export function useTicking(card: CardRunFragment, ticking: boolean): { elapsed: number | null; remaining: number | null } {
  const now = useNow(1_000, ticking);
  const [reported, setReported] = useState({ tick: card.tick, at: now });
  if (reported.tick !== card.tick) setReported({ tick: card.tick, at: now });
  const since = ticking && reported.tick === card.tick ? Math.max(0, now - reported.at) : 0;
  return {
    elapsed: card.elapsedMs === null ? null : card.elapsedMs + since,
    remaining: card.remainingMs === null ? null : Math.max(0, card.remainingMs - since),
  };
}
