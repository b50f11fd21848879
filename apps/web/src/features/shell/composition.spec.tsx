import { Modal, Popover, Select, TextInput } from '@mantine/core';
import { jest } from '@jest/globals';
import { act, fireEvent, screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';

const composed = { isComposing: true };
const ofSafari = { keyCode: 229 };

describe('a key that belongs to a composition', () => {
  it.each([
    ['Chromium and Firefox say so', composed],
    ['Safari numbers it', ofSafari],
  ])('closes no dialog of the component library (%s)', async (_who, how) => {
    const close = jest.fn();
    await renderApp(
      <Modal opened onClose={close} title="Dialog">
        <TextInput aria-label="field" />
      </Modal>,
    );
    fireEvent.keyDown(screen.getByLabelText('field'), { key: 'Escape', ...how });
    expect(close).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByLabelText('field'), { key: 'Escape' });
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('closes no popover and takes no choice', async () => {
    const close = jest.fn();
    const choose = jest.fn();
    await renderApp(
      <Popover opened onDismiss={close} closeOnEscape>
        <Popover.Target>
          <span>here</span>
        </Popover.Target>
        <Popover.Dropdown>
          <TextInput aria-label="field" />
        </Popover.Dropdown>
      </Popover>,
    );
    fireEvent.keyDown(screen.getByLabelText('field'), { key: 'Escape', ...composed });
    expect(close).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByLabelText('field'), { key: 'Escape' });
    expect(close).toHaveBeenCalledTimes(1);

    await renderApp(<Select aria-label="choice" data={['one', 'two']} searchable selectFirstOptionOnChange defaultDropdownOpened onChange={choose} />);
    const field = screen.getByRole('combobox', { name: 'choice' });
    fireEvent.change(field, { target: { value: 'o' } });
    fireEvent.keyDown(field, { key: 'Enter', code: 'Enter', keyCode: 229 });
    expect(choose).not.toHaveBeenCalled();
  });

  it('is also the one that comes just after the composition has ended, and not the next', async () => {
    const pressed = jest.fn();
    await renderApp(<input aria-label="field" onKeyDown={(event) => pressed(event.key)} />);
    const field = screen.getByLabelText('field');
    fireEvent.compositionStart(field);
    fireEvent.compositionEnd(field);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(pressed).not.toHaveBeenCalled();
    await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(pressed).toHaveBeenCalledWith('Enter');
  });
});
