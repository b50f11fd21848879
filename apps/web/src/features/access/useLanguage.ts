import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SetLocaleDocument } from './session.generated.ts';
import { loadLanguage, switchLanguage } from '../../i18n/index.ts';
import { LANGUAGES, languageOf, type Language } from '@trainyard/domain';
import { useToast } from '../shell/useToast.ts';

/** Choices that the account does not have yet: until it has the last of them, what it says is out of date. */
let underWay = 0;
let last = 0;
let sent: Promise<unknown> = Promise.resolve();

/** Puts the app into the language of the account, if it has one. Texts that do not arrive leave those that are there. */
export async function followAccount(locale: string | null | undefined): Promise<void> {
  if (locale && underWay === 0) await switchLanguage(languageOf(locale)).catch(() => undefined);
}

/** The language of now and how to change it: at once here, and on the account, so that it follows the person into every browser. */
export function useLanguage(): readonly [Language, (next: Language) => Promise<void>] {
  const { i18n } = useTranslation();
  const client = useApolloClient();
  const toast = useToast();
  const choose = useCallback(
    async (next: Language) => {
      const mine = ++last;
      underWay++;
      try {
        await loadLanguage(next);
        // whoever has chosen again since sees only the newer choice
        if (mine !== last) return;
        await switchLanguage(next);
        // until the account has it, the choice holds in this page; one after the other, so that the account ends with the last
        const before = sent;
        sent = before.then(async () => {
          if (mine === last) await client.mutate({ mutation: SetLocaleDocument, variables: { locale: LANGUAGES[next].locale } });
        });
        await sent;
      } catch (error) {
        sent = Promise.resolve();
        toast.failed(error);
      } finally {
        underWay--;
      }
    },
    [client, toast],
  );
  return [languageOf(i18n.language), choose];
}
