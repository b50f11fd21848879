import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SetLocaleDocument } from '../access/session.generated.ts';
import { switchLanguage } from '../../i18n/index.ts';
import { languageOf, type Language } from '../../i18n/languages.ts';

/** The language of now and how to change it: at once here, and on the account, so that it follows the person. */
export function useLanguage(): readonly [Language, (next: Language) => Promise<void>] {
  const { i18n } = useTranslation();
  const client = useApolloClient();
  const choose = useCallback(
    async (next: Language) => {
      await switchLanguage(next);
      // the choice already holds in this browser; a server that does not answer must not undo it
      await client.mutate({ mutation: SetLocaleDocument, variables: { locale: next === 'zh' ? 'ZH' : 'EN' } }).catch(() => undefined);
    },
    [client],
  );
  return [languageOf(i18n.language), choose];
}
