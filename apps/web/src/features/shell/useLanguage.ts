import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SetLocaleDocument } from '../access/session.generated.ts';
import { switchLanguage } from '../../i18n/index.ts';
import { languageOf, localeOf, type Language } from '../../i18n/languages.ts';
import { useToast } from './useToast.ts';

/** Puts the app into the language of the account, if it has one. Texts that do not arrive leave those that are there. */
export async function followAccount(locale: string | null | undefined): Promise<void> {
  if (locale) await switchLanguage(languageOf(locale)).catch(() => undefined);
}

/** The language of now and how to change it: at once here, and on the account, so that it follows the person into every browser. */
export function useLanguage(): readonly [Language, (next: Language) => Promise<void>] {
  const { i18n } = useTranslation();
  const client = useApolloClient();
  const toast = useToast();
  const choose = useCallback(
    async (next: Language) => {
      try {
        await switchLanguage(next);
        // until the account has it, the choice holds in this page
        await client.mutate({ mutation: SetLocaleDocument, variables: { locale: localeOf(next) } });
      } catch (error) {
        toast.failed(error);
      }
    },
    [client, toast],
  );
  return [languageOf(i18n.language), choose];
}
