import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '../shell/Moment.tsx';
import classes from './HistoryStep.module.css';
import { useHistoryWords, type Step } from './useHistoryWords.ts';

/** A step of a history: one line for each thing that it changed. */
export function HistoryStep({ step }: { step: Step }) {
  const { t } = useTranslation('activity');
  const sentences = useHistoryWords()(step);
  return sentences.map((sentence, i) => (
    <li key={i} className={classes.step}>
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.said}>
        <strong className={classes.actor}>{step.actor?.name ?? t('system')}</strong> {sentence}{' '}
        {step.rule && (
          <Link to="/projects/$projectKey/rules/$ruleId" params={{ projectKey: step.rule.projectKey, ruleId: step.rule.ruleId }}>
            {t(step.depth === 0 ? 'takesBack' : 'byRule', { rule: step.rule.ruleName })}
          </Link>
        )}{' '}
        <Moment at={step.at} className={classes.at} />
      </span>
    </li>
  ));
}
