import { Link } from '@tanstack/react-router';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ProjectScope } from '@trainyard/domain';
import { Sparkline } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { metricText } from './metric-text.ts';
import { RunPeek } from './RunPeek.tsx';
import { RunStateBadge } from './RunStateBadge.tsx';
import classes from './TicketRunRow.module.css';
import type { TicketRunFragment } from './runs.generated.ts';
import { useNow } from '../shell/useNow.ts';

export interface TicketRunRowProps {
  run: TicketRunFragment;
  scope: ProjectScope | null;
  /** It came to more than all others that can be compared with it. */
  isBest: boolean;
  opened: boolean;
  onToggle: () => void;
  onMoved: () => void;
  chosen: boolean;
  /** Null when there is nothing to compare with. */
  onChoose: ((on: boolean) => void) | null;
}

export function TicketRunRow({ run, scope, isBest, opened, onToggle, onMoved, chosen, onChoose }: TicketRunRowProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const now = useNow(30_000);
  const { card } = run;
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const panelId = `run-${run.id}`;
  return (
    <li className={classes.root}>
      <div className={classes.row}>
        {onChoose && (
          <input
            type="checkbox"
            className={classes.check}
            checked={chosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
            aria-label={t('runs.choose', { number: run.number })}
          />
        )}
        <button type="button" className={classes.toggle} aria-expanded={opened} aria-controls={panelId} onClick={onToggle}>
          <Chevron size={14} aria-hidden="true" />
          <span className={classes.number}>{t('page.short', { number: run.number })}</span>
          <span className={classes.template}>{t(`template.${run.template}.name`)}</span>
        </button>
        <span className={classes.end}>
          {isBest && <span className={classes.best}>{t('runs.best')}</span>}
          {card.headline && (
            <span className={classes.headline} title={t(`headline.short.${card.headline.split}`)}>
              <strong>{metricText(format, card.headline.name, card.headline.value)}</strong>
              <span className={classes.dimmed}>{t(`headline.short.${card.headline.split}`)}</span>
            </span>
          )}
          <span className={classes.curve}>{card.sparkline.length > 0 && <Sparkline values={card.sparkline} width={56} />}</span>
          <RunStateBadge state={card.state} waiting={card.waiting} doubt={card.doubt} />
        </span>
        <span className={classes.foot}>
          <span className={classes.meta}>
            {run.dataset?.name ?? t('fact.datasetGone')} ·{' '}
            <time dateTime={run.queuedAt} title={format.dateTime(run.queuedAt)}>
              {format.relative(run.queuedAt, now)}
            </time>
            {run.createdBy && ` · ${run.createdBy.name}`}
          </span>
          <Link className={classes.open} to="/runs/$runId" params={{ runId: run.id }} aria-label={t('runs.openRun', { number: run.number })}>
            {t('runs.open')}
          </Link>
        </span>
      </div>
      {opened && (
        <div id={panelId} className={classes.panel}>
          <RunPeek run={run} scope={scope} onMoved={onMoved} />
        </div>
      )}
    </li>
  );
}
