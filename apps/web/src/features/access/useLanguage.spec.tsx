import { act, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { useEffect } from 'react';
import { renderApp } from '../../../test/render.tsx';
import { SetLocaleDocument } from './session.generated.ts';
import { followAccount, useLanguage } from './useLanguage.ts';

/** As the shell does: what the account says is followed. */
let said: (locale: string) => void = () => undefined;

function Choice() {
  const [language, choose] = useLanguage();
  useEffect(() => {
    said = (locale) => void followAccount(locale);
  }, []);
  return (
    <>
      <output>{language}</output>
      <button onClick={() => void choose('zh')}>zh</button>
      <button onClick={() => void choose('en')}>en</button>
    </>
  );
}

it('does not flash the first of two quick choices when the account answers, and ends with the second', async () => {
  const sent: string[] = [];
  const shown: string[] = [];
  const onChange = (language: string): void => void shown.push(language);
  const { user } = await renderApp(<Choice />, {
    mocks: [
      {
        request: { query: SetLocaleDocument, variables: () => true },
        maxUsageCount: Number.POSITIVE_INFINITY,
        delay: 100,
        result: ({ locale }) => {
          sent.push(String(locale));
          said(String(locale));
          return { data: { setLocale: { __typename: 'Viewer', locale } } };
        },
      },
    ],
  });
  i18next.on('languageChanged', onChange);
  await user.click(screen.getByRole('button', { name: 'zh' }));
  await waitFor(() => expect(shown).toEqual(['zh']));
  await user.click(screen.getByRole('button', { name: 'en' }));
  await waitFor(() => expect(sent).toEqual(['ZH', 'EN']));
  await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
  i18next.off('languageChanged', onChange);
  expect(shown).toEqual(['zh', 'en']);
  // what another browser chooses later is followed
  act(() => said('ZH'));
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('zh'));
});
