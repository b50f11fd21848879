import { useTranslation } from 'react-i18next';
import type { RuleFactsFragment } from './automation.generated.ts';
import type { RuleWords } from './rule-words.ts';
import classes from './Rules.module.css';

/** When, if, then: in a sentence. */
export function RuleSentence({ rule, words }: { rule: Pick<RuleFactsFragment, 'trigger' | 'condition' | 'actions'>; words: RuleWords }) {
  const { t } = useTranslation('automation');
  return (
    <span className={classes.sentence}>
      {t('sentence.when', { event: words.when(rule.trigger) })}
      {rule.condition !== '' && (
        <>
          {' '}
          {t('sentence.if')} <code>{rule.condition}</code>
        </>
      )}
      {': '}
      {rule.actions.map((action) => words.then(action)).join('; ')}
    </span>
  );
}
