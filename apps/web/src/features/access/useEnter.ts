import { useApolloClient } from '@apollo/client/react';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../../i18n/index.ts';
import { languageOf } from '../../i18n/languages.ts';
import { SetLocaleDocument } from './session.generated.ts';
import type { Viewer } from './useActor.tsx';
import { ViewerDocument } from './viewer.generated.ts';

/** What follows on a successful sign-in: remember who it is, take over their language, go where they wanted to. */
export function useEnter(): (viewer: Viewer, to: string | undefined) => Promise<void> {
  const client = useApolloClient();
  const router = useRouter();
  const { i18n } = useTranslation();
  return useCallback(
    async (viewer, to = '/') => {
      const here = languageOf(i18n.language);
      if (viewer.locale) await switchLanguage(languageOf(viewer.locale));
      // a first sign-in: the language read until now becomes the account's
      else void client.mutate({ mutation: SetLocaleDocument, variables: { locale: here === 'zh' ? 'ZH' : 'EN' } }).catch(() => undefined);
      client.writeQuery({ query: ViewerDocument, data: { viewer } });
      router.history.replace(to);
    },
    [client, i18n, router],
  );
}
