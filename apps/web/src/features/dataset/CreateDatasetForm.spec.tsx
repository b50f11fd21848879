import { Modal } from '@mantine/core';
import { act, fireEvent, screen } from '@testing-library/react';
import { createRef } from 'react';
import { renderApp } from '../../../test/render.tsx';
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
      <CreateDatasetForm sending={createRef()} onClose={() => undefined} onCreated={() => undefined} />
    </Modal>,
    { mocks: [{ request: { query: DatasetProjectsDocument }, result: { data: { projects: [] } } }] },
  );
const choose = (file: File): void => {
  const input = document.querySelector('input[type=file]');
  if (!input) throw new Error('There is no field for files');
  fireEvent.change(input, { target: { files: [file] } });
};

describe('what is wrong with a chosen file', () => {
  it('is said when it has been looked at', async () => {
    await openForm();
    const { file, arrive } = heldFile();
    choose(file);
    await arrive();
    expect(screen.getByRole('alert').textContent).toContain('train-images.idx');
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
