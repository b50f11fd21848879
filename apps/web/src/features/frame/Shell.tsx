import { useQuery } from '@apollo/client/react';
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AskForPassword } from '../access/proof/AskForPassword.tsx';
import { ViewerProvider } from '../access/ViewerProvider.tsx';
import { ViewerDocument } from '../access/viewer.generated.ts';
import { rememberFrame } from '../shell/known-frame.ts';
import { useRooms } from '../shell/rooms.ts';
import { ForgetDrafts } from '../shell/drafts/ForgetDrafts.tsx';
import { BottomBar } from './BottomBar.tsx';
import { CommandPalette } from './palette/CommandPalette.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { Sidebar } from './Sidebar.tsx';
import classes from './Shell.module.css';
import { useGoKeys } from './useGoKeys.ts';
import { followAccount } from '../access/useLanguage.ts';
import { useNarrow } from '../shell/useNarrow.ts';
import { useStillKnown } from './useStillKnown.ts';

/** The frame around every page of a signed-in person. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { data, refetch } = useQuery(ViewerDocument);
  useStillKnown(refetch);
  // it may be changed in another browser of the same person
  const locale = data?.viewer.locale;
  useEffect(() => void followAccount(locale), [locale]);
  const narrow = useNarrow();
  useGoKeys();
  useEffect(rememberFrame, []);
  const rooms = useRooms();

  // signing out clears the store a moment before the page changes
  if (!data) return null;
  return (
    <ViewerProvider viewer={data.viewer}>
      <a className={classes.skip} href="#content">
        {t('skipToContent')}
      </a>
      <div className={classes.frame}>
        {!narrow && <Sidebar className={classes.sidebar} />}
        <main id="content" tabIndex={-1} data-focus-target className={classes.main}>
          <Outlet />
        </main>
        {narrow && <BottomBar />}
      </div>
      <CommandPalette />
      <Shortcuts />
      {rooms.map(({ Overlay }, i) => Overlay && <Overlay key={i} />)}
      <ForgetDrafts />
      <AskForPassword />
    </ViewerProvider>
  );
}
