import type { ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider, localStorageColorSchemeManager, mergeThemeOverrides } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NewsContext } from './features/activity/news.ts';
import { RoomsContext } from './features/shell/rooms.ts';
import { useFocusBack } from './features/shell/useFocusBack.ts';
import { news } from './news.ts';
import { ROOMS } from './rooms.ts';
import { cssVariablesResolver, theme } from './theme.ts';

/** The same key as in boot.js. */
const schemeManager = localStorageColorSchemeManager({ key: 'trainyard.scheme' });

export function AppProviders({ client, children }: { client: ApolloClient; children: ReactNode }) {
  const { t } = useTranslation('shell');
  const close = t('close');
  useFocusBack();
  // every cross of a notice or dialog has a name, in the language of now
  const named = useMemo(() => {
    const crosses = { defaultProps: { closeButtonProps: { 'aria-label': close } } };
    return mergeThemeOverrides(theme, { components: { Notification: crosses, Modal: crosses, Drawer: crosses } });
  }, [close]);
  return (
    <ApolloProvider client={client}>
      <MantineProvider theme={named} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" colorSchemeManager={schemeManager}>
        <RoomsContext value={ROOMS}>
          <NewsContext value={news}>{children}</NewsContext>
        </RoomsContext>
      </MantineProvider>
    </ApolloProvider>
  );
}
