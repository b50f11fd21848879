import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { UpdateRuleDocument, type RuleFactsFragment } from './automation.generated.ts';

/** Switches a rule on or off: on, it is in the name of whoever does. */
export function useRuleSwitch(): { toggle: (rule: Pick<RuleFactsFragment, 'id' | 'version' | 'enabled'>) => Promise<void>; loading: boolean } {
  const { t } = useTranslation('automation');
  const toast = useToast();
  const [update, { loading }] = useMutation(UpdateRuleDocument, { errorPolicy: 'all', onError: toast.failed });
  return {
    loading,
    toggle: async ({ id, version, enabled }) => {
      const { data } = await update({ variables: { id, version, input: { enabled: !enabled } } });
      if (data) toast.done(t(enabled ? 'switchedOff' : 'switchedOn'));
    },
  };
}
