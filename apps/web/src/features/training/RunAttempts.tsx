import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './RunAttempts.module.css';
import type { RunPageQuery } from './runs.generated.ts';
import { RunStateBadge } from './RunStateBadge.tsx';
import { useFailureText } from './useFailureText.ts';

type Attempt = NonNullable<RunPageQuery['run']>['attempts'][number];

/** Every attempt, newest first: what became of it, and where it went on after an interruption. */
export function RunAttempts({ attempts }: { attempts: readonly Attempt[] }) {
  const { t } = useTranslation('training');
  const ordered = [...attempts].sort((a, b) => b.number - a.number);
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t('attempts.title')}</h2>
      <ol className={classes.list}>
        {ordered.map((attempt) => (
          <AttemptItem key={attempt.id} attempt={attempt} />
        ))}
      </ol>
    </section>
  );
}

function AttemptItem({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const { reason } = useFailureText()(attempt.failureParams);
  const took = attempt.startedAt && attempt.endedAt ? format.duration(Date.parse(attempt.endedAt) - Date.parse(attempt.startedAt)) : null;
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <span>{t('attempts.number', { number: attempt.number })}</span>
        <RunStateBadge state={attempt.state} />
        <span className={classes.dimmed}>{[attempt.runnerName, took].filter(Boolean).join(' · ')}</span>
      </div>
      {attempt.claim > 1 && <span className={classes.dimmed}>{t('attempts.claims', { number: attempt.claim })}</span>}
      {attempt.resumedFromSteps.map((step, i) => (
        <span key={`${i}.${step}`} className={classes.dimmed}>
          {step === 0 ? t('attempts.restarted') : t('attempts.resumed', { step: format.number(step) })}
        </span>
      ))}
      {reason ? (
        <span className={classes.failure}>{reason}</span>
      ) : (
        attempt.failureMessage && (
          <span className={classes.failure} lang="en">
            {attempt.failureMessage.split('\n')[0]}
          </span>
        )
      )}
    </li>
  );
}
