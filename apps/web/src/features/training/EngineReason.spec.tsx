import { screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { EngineReason } from './EngineReason.tsx';

const WORDS = 'The runner said it in English.';

describe('why an engine is not there', () => {
  it('is said in the words of the page, with what a library lacks', async () => {
    await renderApp(<EngineReason reason={WORDS} reasonParams={{ reason: 'NO_CUDA_GPU', package: 'tfjs-node-gpu', libraries: 'libcudart.so.11.0' }} />);
    expect(screen.getByText(/^tfjs-node-gpu finds no usable GPU\..*It could not load libcudart\.so\.11\.0\.$/)).toBeTruthy();
    expect(screen.queryByText(WORDS)).toBeNull();
  });

  it.each([[null], [undefined], [{ reason: 'OF_A_NEWER_RUNNER' }]])(
    'is told in the words of the runner, marked as English, where the page has none (%j)',
    async (reasonParams) => {
      await renderApp(<EngineReason reason={WORDS} reasonParams={reasonParams} />);
      expect(screen.getByText(WORDS).getAttribute('lang')).toBe('en');
    },
  );
});
