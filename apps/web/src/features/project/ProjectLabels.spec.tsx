import { screen, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildSettings, buildSettingsLabel, loads, openSettings } from '../../../test/open-settings.tsx';
import { ChangeLabelDocument, RemoveLabelDocument } from './project-settings.generated.ts';

describe('the labels in the settings of a project', () => {
  it('keep a name of a label that is refused, with the reason, and let it be mended', async () => {
    const labels = [buildSettingsLabel('data'), buildSettingsLabel('gpu', { version: 3 })];
    const changes = (name: string) => ({ query: ChangeLabelDocument, variables: { id: 'gpu', version: 3, input: { name } } });
    const { user } = await openSettings({
      mocks: [
        loads(buildSettings([], { labels })),
        { request: changes('Data'), result: { errors: [new GraphQLError('taken', { extensions: { code: 'LABEL_TAKEN' } })] } },
        loads(buildSettings([], { labels })),
        { request: changes('Data on GPU'), result: { data: { updateLabel: buildSettingsLabel('gpu', { name: 'Data on GPU', version: 4 }) } } },
        loads(buildSettings([], { labels: [buildSettingsLabel('data'), buildSettingsLabel('gpu', { name: 'Data on GPU', version: 4 })] })),
      ],
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of gpu' });
    await user.clear(field);
    await user.type(field, 'Data{Enter}');
    expect(await screen.findByText('This project already has a label with that name.')).toBeTruthy();
    expect(field.value).toBe('Data');
    await user.type(field, ' on GPU{Enter}');
    expect(await screen.findByRole('textbox', { name: 'Name of Data on GPU' })).toBeTruthy();
    expect(screen.queryByText('This project already has a label with that name.')).toBeNull();
  });

  it('send the new name of a label once, by Enter or by going on to the next field', async () => {
    const renamed = buildSettingsLabel('gpu', { name: 'GPU', version: 4 });
    const sent: unknown[] = [];
    const { user } = await openSettings({
      mocks: [
        loads(buildSettings([], { labels: [buildSettingsLabel('gpu', { version: 3 })] })),
        {
          request: { query: ChangeLabelDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateLabel: renamed } },
          maxUsageCount: 2,
        },
        loads(buildSettings([], { labels: [renamed] })),
      ],
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of gpu' });
    await user.clear(field);
    await user.type(field, 'GPU{Enter}{Tab}');
    expect(await screen.findByRole('textbox', { name: 'Name of GPU' })).toBeTruthy();
    expect(sent).toEqual([{ id: 'gpu', version: 3, input: { name: 'GPU' } }]);
  });

  it('keep what is written into a name while the one before is saved, and send it of the version that made', async () => {
    const sent: unknown[] = [];
    const { user } = await openSettings({
      mocks: [
        loads(buildSettings([], { labels: [buildSettingsLabel('gpu')] })),
        {
          request: { query: ChangeLabelDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateLabel: buildSettingsLabel('gpu', { name: 'GPU', version: 2 }) } },
          delay: 50,
        },
        {
          request: { query: ChangeLabelDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateLabel: buildSettingsLabel('gpu', { name: 'GPUs', version: 3 }) } },
        },
        loads(buildSettings([], { labels: [buildSettingsLabel('gpu', { name: 'GPU', version: 2 })] })),
        loads(buildSettings([], { labels: [buildSettingsLabel('gpu', { name: 'GPUs', version: 3 })] })),
      ],
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of gpu' });
    await user.clear(field);
    await user.type(field, 'GPU{Enter}');
    await user.type(field, 's');
    await screen.findByRole('textbox', { name: 'Name of GPU' });
    expect(field.value).toBe('GPUs');
    await user.type(field, '{Enter}');
    expect(await screen.findByRole('textbox', { name: 'Name of GPUs' })).toBeTruthy();
    expect(sent).toEqual([
      { id: 'gpu', version: 1, input: { name: 'GPU' } },
      { id: 'gpu', version: 2, input: { name: 'GPUs' } },
    ]);
  });

  it('ask before a label goes, with the tickets that carry it at that moment', async () => {
    const carried = (ticketCount: number) => loads(buildSettings([], { labels: [buildSettingsLabel('gpu', { version: 3, ticketCount })] }));
    const { user } = await openSettings({
      mocks: [
        carried(2),
        carried(1204),
        { request: { query: RemoveLabelDocument, variables: { id: 'gpu', version: 3 } }, result: { data: { deleteLabel: true } } },
        loads(buildSettings([])),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Delete “gpu”' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('1,204 tickets carry it and lose it. This cannot be undone.')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Delete label' }));
    expect(await screen.findByText('No labels yet')).toBeTruthy();
  });
});
