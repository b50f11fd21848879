import { useApolloClient } from '@apollo/client/react';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, languageOf } from '@trainyard/domain';
import { SetLocaleDocument } from './session.generated.ts';
import type { Viewer } from './useActor.ts';
import { ViewerDocument } from './viewer.generated.ts';

/** What follows on a successful sign-in: remember who it is, and go where they wanted to. */
export function useEnter(): (viewer: Viewer, to: string | undefined) => void {
  const client = useApolloClient();
  const router = useRouter();
  const { i18n } = useTranslation();
  return useCallback(
    (viewer, to = '/') => {
      // a first sign-in: the language read until now becomes the account's
      if (!viewer.locale)
        void client.mutate({ mutation: SetLocaleDocument, variables: { locale: LANGUAGES[languageOf(i18n.language)].locale } }).catch(() => undefined);
      client.writeQuery({ query: ViewerDocument, data: { viewer } });
      router.history.replace(to);
    },
    [client, i18n, router],
  );
}
