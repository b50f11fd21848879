import { createKeptSignal } from './kept-signal.ts';

const kept = () => createKeptSignal('kept', (text) => text ?? 'nothing', String);
const inAnotherTab = (change: () => void, key: string | null): void => {
  change();
  window.dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }));
};

describe('a signal that the browser keeps', () => {
  it('begins with what was kept', () => {
    expect(kept().get()).toBe('nothing');
    kept().set('a');
    expect(kept().get()).toBe('a');
  });

  it('follows the other tabs, also where they clear everything', () => {
    const signal = kept();
    const heard: string[] = [];
    signal.subscribe(() => heard.push(signal.get()));
    inAnotherTab(() => localStorage.setItem('kept', 'b'), 'kept');
    inAnotherTab(() => localStorage.setItem('other', 'c'), 'other');
    inAnotherTab(() => localStorage.clear(), null);
    expect(heard).toEqual(['b', 'nothing']);
  });
});
