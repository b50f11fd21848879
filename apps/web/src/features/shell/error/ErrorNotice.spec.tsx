import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { renderApp } from '../../../../test/render.tsx';
import { connection } from '../../../connection.ts';
import { ConnectionBanner } from '../ConnectionBanner.tsx';
import { Waiting } from '../Waiting.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';

const AWAY = 'The server does not answer. Try again in a moment.';
const lost = (): TypeError => new TypeError('Failed to fetch');

/** A part of a screen that could not be read, and what it shows all the same. */
function Part({ known, answers }: { known: string; answers: (unknown | null)[] }) {
  const [error, setError] = useState<unknown>(lost);
  const retry = async (): Promise<void> => {
    const answer = answers.shift();
    await Promise.resolve();
    setError(answer ?? null);
  };
  return (
    <section>
      <ErrorNotice error={error} onRetry={retry} />
      {known}
    </section>
  );
}

afterEach(() => act(() => connection.restored()));

describe('what could not be read while the server is away', () => {
  it('is said once, by the banner; parts keep what they show, and are read again when it is back', async () => {
    await renderApp(
      <>
        <ConnectionBanner />
        <Part known="seven tickets" answers={[null]} />
        <Part known="three runs" answers={[{ code: 'FORBIDDEN' }]} />
        <Waiting error={lost()} onRetry={() => Promise.resolve()} height={40} />
      </>,
    );
    act(() => connection.lost());
    expect(screen.queryAllByRole('alert')).toEqual([]);
    expect(screen.getAllByText(/does not answer/).map(({ textContent }) => textContent)).toEqual(['The server does not answer. Reconnecting…']);
    screen.getByText('seven tickets');
    screen.getByText('three runs');

    act(() => connection.restored());
    // what is asked again has not failed again yet
    expect(screen.queryAllByRole('alert')).toEqual([]);
    // what failed for another reason says so in its place
    expect(await screen.findByText('Your role does not allow this. Ask an administrator or the team lead.')).toBeTruthy();
    expect(screen.queryAllByRole('button', { name: 'Try again' })).toHaveLength(2);
  });

  it('is said in its place where something was to be written, or nothing says it above', async () => {
    const { unmount } = await renderApp(<ErrorNotice error={lost()} onRetry={() => undefined} />);
    screen.getByText(AWAY);
    unmount();
    act(() => connection.lost());
    await renderApp(<ErrorNotice error={lost()} />);
    screen.getByText(AWAY);
  });
});
