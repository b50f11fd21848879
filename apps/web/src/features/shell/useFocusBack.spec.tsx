import { MantineProvider, Modal } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { useFocusBack } from './useFocusBack.ts';

function Page({ elsewhere = false }: { elsewhere?: boolean }) {
  useFocusBack();
  const [shown, setShown] = useState<'MENU' | 'DIALOG' | null>(null);
  return (
    <>
      <button type="button" onClick={() => setShown('MENU')}>
        More
      </button>
      <input aria-label="Elsewhere" />
      {shown === 'MENU' && (
        <button type="button" onClick={() => setShown('DIALOG')}>
          Edit
        </button>
      )}
      {shown === 'DIALOG' && (
        <Modal
          opened
          transitionProps={{ duration: 0 }}
          onClose={() => {
            setShown(null);
            if (elsewhere) screen.getByLabelText('Elsewhere').focus();
          }}
        >
          <input aria-label="Name" data-autofocus />
        </Modal>
      )}
    </>
  );
}

async function openAndLeave(elsewhere: boolean): Promise<void> {
  const user = userEvent.setup();
  render(
    <MantineProvider>
      <Page elsewhere={elsewhere} />
    </MantineProvider>,
  );
  await user.click(screen.getByRole('button', { name: 'More' }));
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

describe('the focus after a dialog', () => {
  it('goes back to what led to it and is still there', async () => {
    await openAndLeave(false);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' })));
  });

  it('stays where whoever closed it put it', async () => {
    await openAndLeave(true);
    expect(document.activeElement).toBe(screen.getByLabelText('Elsewhere'));
  });
});
