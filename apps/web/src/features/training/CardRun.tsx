import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { isEnded, METRIC_NAMES } from '@trainyard/domain';
import { Sparkline } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { CardRunFragmentDoc, type CardRunFragment } from './run-cards.generated.ts';
import classes from './CardRun.module.css';
import { metricText } from './metric-text.ts';
import { RunStateBadge } from './RunStateBadge.tsx';
import { WaitingText } from './WaitingText.tsx';

export interface CardRunProps {
  run: FragmentType<CardRunFragment>;
}

/** The run on a ticket's card: state, headline metric, live curve and progress, in 22 pixels whatever the state. */
export function CardRun({ run }: CardRunProps) {
  const { data, complete } = useFragment({ fragment: CardRunFragmentDoc, fragmentName: 'CardRun', from: run });
  return complete ? <CardRunView card={data} /> : null;
}

/** The same of one that is known already. */
export function CardRunView({ card }: { card: CardRunFragment }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const { headline } = card;
  const going = !isEnded(card.state);
  const done = card.totalSteps === 0 ? 0 : Math.min(1, card.step / card.totalSteps);
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        <RunStateBadge state={card.state} waiting={card.waiting} doubt={card.doubt} />
        {card.waiting && (
          <span className={classes.name}>
            <WaitingText waiting={card.waiting} retryAt={card.retryAt} short />
          </span>
        )}
        {headline && !card.waiting && (
          <span className={classes.headline} title={t('headline.full', { split: t(`split.${headline.split}`), name: metricName(t, headline.name) })}>
            <strong className={classes.value}>{metricText(format, headline.name, headline.value)}</strong>
            <span className={classes.name}>{t(`headline.short.${headline.split}`)}</span>
          </span>
        )}
        {card.sparkline.length > 0 && (
          <span className={classes.curve}>
            <Sparkline values={card.sparkline} width={56} height={16} label={t('curve.loss')} />
          </span>
        )}
      </div>
      <div className={classes.track} data-going={going || undefined}>
        {going && <span className={classes.bar} style={{ inlineSize: `${done * 100}%` }} />}
      </div>
    </div>
  );
}

/** The metric's name in the reader's language; one we do not know keeps its own. */
export function metricName(t: ReturnType<typeof useTranslation<'training'>>['t'], name: string): string {
  const known = METRIC_NAMES.find((one) => one === name);
  return known ? t(`metric.${known}`) : name;
}
