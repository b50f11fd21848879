import { LANGUAGE_CODES } from '@trainyard/domain';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectToApi } from './apollo.ts';
import { AppProviders } from './AppProviders.tsx';
import { ViewerDocument } from './features/access/viewer.generated.ts';
import { keepEscapeOfPasswordQuestion } from './features/access/proof/password-question.ts';
import { signedOut } from './features/access/session.ts';
import { keepKeysOfCompositions } from './features/shell/composition.ts';
import { askEarly } from './features/board/model/open-board-query.ts';
import { loadLanguage, loadTexts, rememberedLanguage, startI18n } from './i18n/index.ts';
import { whenIdle } from './idle.ts';
import { TEXTS, TYPE_POLICIES } from './rooms.ts';
import { createAppRouter } from './routes.ts';
import './mantine.css';
import './global.css';
import { reloadOnce } from './reload.ts';

keepKeysOfCompositions(window);
keepEscapeOfPasswordQuestion(window);
const language = rememberedLanguage();
const api = connectToApi(TYPE_POLICIES, () => void signedOut(api, router));
const router = createAppRouter(api);

// who we are, the texts and the code of the page are fetched side by side, not one after the other
if (!/^\/(sign-in|setup)$/.test(location.pathname)) api.client.query({ query: ViewerDocument }).catch(() => undefined);
askEarly(api.client, location.pathname, location.search);
const [matched] = router.getMatchedRoutes(location.pathname);
for (const route of matched) void router.loadRouteChunk(route);

await startI18n(language, TEXTS, ['shell', 'errors', ...matched.flatMap(({ options }) => options.staticData?.texts ?? [])]);

// after an update of the server the code this page was built with is gone: a reload gets the new one
addEventListener('vite:preloadError', () => void reloadForNewCode());

async function reloadForNewCode(): Promise<void> {
  // where the network is what failed, a reload would put the browser's error page in the place of ours
  const answers = await fetch('/health', { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
  if (answers) reloadOnce();
}

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');
createRoot(container).render(
  <StrictMode>
    <AppProviders client={api.client}>
      <RouterProvider router={router} />
    </AppProviders>
  </StrictMode>,
);

whenIdle(() => void fetchTheRest().catch(() => undefined));

/** So that no page waits for its texts, and switching the language is instant. What does not arrive is asked for when it is needed. */
async function fetchTheRest(): Promise<void> {
  await loadTexts();
  for (const other of LANGUAGE_CODES) if (other !== language) await loadLanguage(other);
}
