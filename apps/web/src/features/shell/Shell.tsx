import { useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ViewerProvider } from '../access/useActor.tsx';
import { ViewerDocument } from '../access/viewer.generated.ts';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { MobileBar } from './MobileBar.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { Sidebar } from './Sidebar.tsx';
import classes from './Shell.module.css';
import { useGoKeys } from './useGoKeys.ts';

/** Below this the navigation is a drawer. */
const NARROW = '(max-width: 768px)';

/** The frame around every page of a signed-in person. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { data } = useQuery(ViewerDocument);
  const narrow = useMediaQuery(NARROW, matchMedia(NARROW).matches, { getInitialValueInEffect: false });
  const [drawer, { open, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useGoKeys();

  useEffect(close, [path, close]);

  // signing out clears the store a moment before the page changes
  if (!data) return null;
  return (
    <ViewerProvider viewer={data.viewer}>
      <a className={classes.skip} href="#content">
        {t('skipToContent')}
      </a>
      <div className={classes.frame}>
        {narrow ? <MobileBar opened={drawer} onOpen={open} /> : <Sidebar className={classes.sidebar} />}
        <main id="content" tabIndex={-1} data-focus-target className={classes.main}>
          <Outlet />
        </main>
      </div>
      {narrow && (
        <Drawer
          opened={drawer}
          onClose={close}
          size={264}
          padding={0}
          withCloseButton={false}
          title={t('nav.label')}
          classNames={{ header: classes.drawerHeader, body: classes.drawerBody }}
        >
          <Sidebar />
        </Drawer>
      )}
      <CommandPalette />
      <ShortcutSheet />
    </ViewerProvider>
  );
}
