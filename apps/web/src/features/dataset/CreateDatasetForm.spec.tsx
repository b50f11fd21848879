import { Modal } from '@mantine/core';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { createRef } from 'react';
import { renderApp } from '../../../test/render.tsx';
import { drafts } from '../shell/drafts/drafts.ts';
import { CreateDatasetForm } from './CreateDatasetForm.tsx';
import { DatasetProjectsDocument } from './datasets.generated.ts';

/** A file whose beginning comes when the test says so. */
function heldFile() {
  const file = new File(['no images'], 'train-images.idx');
  let come: (bytes: ArrayBuffer) => void = () => undefined;
  const bytes = new Promise<ArrayBuffer>((resolve) => (come = resolve));
  file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => bytes, stream: () => new Blob(['no images']).stream() });
  return { file, arrive: () => act(async () => come(new TextEncoder().encode('no images').buffer as ArrayBuffer)) };
}

const openForm = () =>
  renderApp(
    <Modal opened onClose={() => undefined}>
      <CreateDatasetForm sending={createRef()} onClose={() => undefined} onCreated={() => undefined} draftKey="dataset:new" />
    </Modal>,
    { mocks: [{ request: { query: DatasetProjectsDocument }, result: { data: { projects: [] } } }] },
  );
const choose = (file: File): void => {
  const input = document.querySelector('input[type=file]');
  if (!input) throw new Error('There is no field for files');
  fireEvent.change(input, { target: { files: [file] } });
};

describe('what is written in the form', () => {
  it('is there again when the form is opened again, with its way, and asks for the files, which no browser keeps', async () => {
    const { user, unmount } = await openForm();
    await user.click(screen.getByRole('radio', { name: 'Table' }));
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'Sensors');
    unmount();
    const { user: again } = await openForm();
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value).toBe('Sensors'));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Table' }).checked).toBe(true);
    expect(screen.getByText(/^Choose the files again/)).toBeTruthy();
    await again.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(drafts.keys()).toEqual([]);
  });

  it('is no draft where nobody wrote it: the way alone, and the name that a file suggests', async () => {
    const { user, unmount } = await openForm();
    await user.click(screen.getByRole('radio', { name: 'Table' }));
    expect(drafts.keys()).toEqual([]);
    await user.click(screen.getByRole('radio', { name: 'Images' }));
    choose(new File(['no images'], 'sunny-days.idx'));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value).toBe('Sunny days'));
    unmount();
    expect(drafts.keys()).toEqual([]);
  });
});

describe('a file that came to the wrong tab', () => {
  it.each([
    ['Images', 'Table', 'sales.csv'],
    ['Images', 'Table', 'sales.TSV.gz'],
    ['Table', 'Images', 'train-images-idx3-ubyte.gz'],
  ])('goes from %s to %s: %s', async (from, to, name) => {
    const { user } = await openForm();
    await user.click(screen.getByRole('radio', { name: from }));
    choose(new File(['a,b\n1,2\n3,4\n'], name));
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: to }).checked).toBe(true));
    expect(screen.getAllByText(name).length).toBeGreaterThan(0);
  });
});

describe('what is wrong with a chosen file', () => {
  it('is said when it has been looked at', async () => {
    await openForm();
    const { file, arrive } = heldFile();
    choose(file);
    await arrive();
    expect(screen.getByRole('alert').textContent).toContain('train-images.idx');
    // No word of how a table is read.
    expect(screen.getByRole('alert').textContent).toContain('IDX format');
  });

  it('is not said of one that was left meanwhile', async () => {
    await openForm();
    const { file, arrive } = heldFile();
    choose(file);
    fireEvent.click(screen.getByRole('radio', { name: 'Table' }));
    await arrive();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
