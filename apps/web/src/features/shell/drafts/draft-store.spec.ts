import { jest } from '@jest/globals';
import { DraftStore, type DraftStorage } from './draft-store.ts';

/** A browser's storage, which may be full. */
class Disk implements DraftStorage {
  readonly items = new Map<string, string>();
  full = false;
  getItem = (name: string): string | null => this.items.get(name) ?? null;
  key = (i: number): string | null => [...this.items.keys()][i] ?? null;
  removeItem = (name: string): void => void this.items.delete(name);
  setItem = (name: string, value: string): void => {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(name, value);
  };
  get length(): number {
    return this.items.size;
  }
}

const DAY = 86_400_000;
let disk: Disk;
let time: number;
const storeOf = (userId: string): DraftStore => {
  const store = new DraftStore(disk, () => time);
  store.open(userId);
  return store;
};

beforeEach(() => {
  jest.useFakeTimers();
  disk = new Disk();
  time = 1_000 * DAY;
});
afterEach(() => jest.useRealTimers());

describe('a draft', () => {
  it('is there again when the page was left, and when the browser was closed', () => {
    const store = storeOf('wei');
    store.write('ticket:NLP-1:comment', 'Half a sentence');
    store.flush();
    expect(storeOf('wei').get('ticket:NLP-1:comment')).toEqual({ words: 'Half a sentence', at: time });
  });

  it('is written without the page being left, at the latest a third of a second after a key', () => {
    const store = storeOf('wei');
    for (const words of ['H', 'Ha', 'Hal', 'Half']) {
      store.write('a', words);
      jest.advanceTimersByTime(100);
    }
    jest.advanceTimersByTime(200);
    expect(storeOf('wei').get('a')?.words).toBe('Half');
  });

  it('is what another tab has made of it while this page was frozen and heard nothing', () => {
    const [frozen, other] = [storeOf('wei'), storeOf('wei')];
    const told: string[] = [];
    frozen.write('a', 'mine');
    frozen.write('sent', 'gone elsewhere');
    frozen.flush();
    frozen.onFollowed((key) => told.push(key));
    other.follow('trainyard.draft.wei.sent', disk.getItem('trainyard.draft.wei.sent'));
    time += 1_000;
    other.write('a', 'mine, and more');
    other.write('b', 'new');
    other.end('sent');
    other.flush();
    frozen.catchUp();
    expect(frozen.keys().sort()).toEqual(['a', 'b']);
    expect(frozen.get('a')?.words).toBe('mine, and more');
    expect(told.sort()).toEqual(['a', 'b', 'sent']);
    frozen.catchUp();
    expect(told).toHaveLength(3);
  });

  it('keeps what it was begun on', () => {
    const base = { version: 3, words: 'before' };
    const store = storeOf('wei');
    store.write('a', 'after', base);
    store.flush();
    expect(storeOf('wei').get('a')?.base).toEqual(base);
  });

  it('ends when it is sent, at once and in the storage; what was written meanwhile stays', () => {
    const store = storeOf('wei');
    store.write('a', 'sent');
    store.end('a', 'sent');
    expect([store.get('a'), disk.length]).toEqual([null, 0]);
    store.write('a', 'sent and more');
    store.end('a', 'sent');
    expect(store.get('a')?.words).toBe('sent and more');
  });

  it('can be had back, with what was written since', () => {
    const store = storeOf('wei');
    store.write('a', 'first');
    const draft = store.get('a');
    store.end('a');
    store.write('a', 'second');
    if (draft) store.restore('a', draft);
    expect(store.get('a')?.words).toBe('first\n\nsecond');
  });

  it('goes after thirty days', () => {
    storeOf('wei').write('a', 'old');
    jest.runAllTimers();
    time += 29 * DAY;
    expect(storeOf('wei').get('a')?.words).toBe('old');
    time += 2 * DAY;
    expect(storeOf('wei').get('a')).toBeNull();
    expect(disk.length).toBe(0);
  });

  it('goes, the oldest first, where there are too many or too long ones', () => {
    const store = storeOf('wei');
    for (let i = 0; i < 210; i++) {
      time += 1;
      store.write(`field ${i}`, 'x');
      store.flush();
    }
    expect(store.keys()).toHaveLength(200);
    expect(store.get('field 9')).toBeNull();
    expect(store.get('field 10')).not.toBeNull();
    for (const key of ['a', 'b', 'c']) {
      time += 1;
      store.write(key, 'y'.repeat(700_000));
      store.flush();
    }
    expect(store.keys()).toEqual(['c', 'b']);
    expect(disk.length).toBe(2);
  });

  it.each(['', 'no JSON', '{}', 'null', '{"words":5,"at":1}', '{"words":"x"}'])('is none where the storage holds %j', (text) => {
    disk.items.set('trainyard.draft.wei.a', text);
    expect(storeOf('wei').get('a')).toBeNull();
  });
});

describe('who uses the same browser', () => {
  it('never finds what another wrote, neither on the screen nor in the storage', () => {
    const store = storeOf('wei');
    store.write('a', 'of Wei');
    store.flush();
    const next = storeOf('bo');
    expect(next.keys()).toEqual([]);
    expect([...disk.items.values()].join()).not.toContain('of Wei');
    expect(storeOf('wei').get('a')).toBeNull();
  });

  it('finds nothing of who has signed out, and nothing else of the site is touched', () => {
    disk.items.set('trainyard.language', 'zh');
    const store = storeOf('wei');
    store.write('a', 'of Wei');
    store.forget();
    jest.runAllTimers();
    expect([...disk.items]).toEqual([['trainyard.language', 'zh']]);
    store.write('a', 'nobody is signed in');
    jest.runAllTimers();
    expect(disk.length).toBe(1);
  });
});

describe('another tab', () => {
  it('shows what is written here, and that it was sent', () => {
    const here = storeOf('wei');
    const there = storeOf('wei');
    const told = jest.fn();
    there.subscribe(told);
    here.write('a', 'text');
    here.flush();
    there.follow('trainyard.draft.wei.a', disk.getItem('trainyard.draft.wei.a'));
    expect(there.get('a')?.words).toBe('text');
    here.end('a');
    there.follow('trainyard.draft.wei.a', null);
    expect(there.get('a')).toBeNull();
    expect(told).toHaveBeenCalledTimes(2);
    there.follow('trainyard.draft.bo.a', JSON.stringify({ words: 'of Bo', at: time }));
    there.follow('trainyard.language', 'zh');
    expect(there.keys()).toEqual([]);
  });

  it('does not write over what is being typed here', () => {
    const here = storeOf('wei');
    here.write('a', 'mine');
    here.follow('trainyard.draft.wei.a', JSON.stringify({ words: 'theirs', at: time }));
    expect(here.get('a')?.words).toBe('mine');
  });
});

it('says that words would be lost where the storage takes none, and no longer once it does', () => {
  const store = storeOf('wei');
  disk.full = true;
  store.write('a', 'text');
  expect(store.wouldLose()).toBe(true);
  expect(store.get('a')?.words).toBe('text');
  disk.full = false;
  store.write('a', 'text and more');
  expect(store.wouldLose()).toBe(false);
  disk.full = true;
  store.write('b', 'sent before it could be kept');
  store.end('b');
  expect(store.wouldLose()).toBe(false);
});
