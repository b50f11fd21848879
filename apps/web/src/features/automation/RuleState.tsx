import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import type { RuleFactsFragment } from './automation.generated.ts';
import type { RuleWords } from './rule-words.ts';

/** Whether a rule is on; and why it is not, or cannot do what it says. */
export function RuleState({ rule, words }: { rule: RuleFactsFragment; words: RuleWords }) {
  const { t } = useTranslation('automation');
  const [fault] = rule.faults;
  if (fault)
    return (
      <StateMark state="BROKEN" tone="bad" icon={IconAlertTriangle} title={rule.faults.map(words.fault).join('\n')}>
        {t('state.broken', { why: words.fault(fault) })}
      </StateMark>
    );
  if (rule.offReason !== null)
    return (
      <StateMark state="OFF" tone="warn" icon={IconAlertTriangle}>
        {t(`off.${rule.offReason}`)}
      </StateMark>
    );
  return rule.enabled ? (
    <StateMark state="ON" tone="good" icon={IconPlayerPlay}>
      {t('state.on')}
    </StateMark>
  ) : (
    <StateMark state="OFF" tone="quiet" icon={IconPlayerPause}>
      {t('state.off')}
    </StateMark>
  );
}
