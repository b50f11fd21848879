import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { drafts } from '../src/features/shell/drafts/drafts.ts';
import { keepKeysOfCompositions } from '../src/features/shell/composition.ts';
import { switchTestLanguage } from './texts.ts';

// as main.tsx does
keepKeysOfCompositions(window);

// a slow machine is no failure: what is waited for ends the wait
configure({ asyncUtilTimeout: 10_000 });

beforeEach(async () => {
  drafts.forget();
  localStorage.clear();
  // As another tab that cleared it would be heard of: what is kept here is read when its module is loaded, which is once for all files.
  window.dispatchEvent(new StorageEvent('storage', { key: null, storageArea: localStorage }));
  await switchTestLanguage('en');
});

afterEach(() => {
  cleanup();
  // notices live outside of what was rendered
  notifications.clean();
});
