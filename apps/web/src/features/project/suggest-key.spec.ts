import { PROJECT_KEY_PATTERN } from '@trainyard/domain';
import { suggestKey } from './suggest-key.ts';

describe('suggestKey', () => {
  it.each([
    ['Natural language', 'NL'],
    ['Vision', 'VISI'],
    ['Sécurité réseau', 'SR'],
    ['Speech to text (v2)', 'STTV'],
    ['语音识别', ''],
    ['语音 ASR', 'ASR'],
    ['3D', ''],
    ['', ''],
  ])('%s -> %s', (name, key) => {
    expect(suggestKey(name)).toBe(key);
  });

  it('gives a key the server accepts, or none', () => {
    for (const name of ['a very long name with far more words than a key has letters in it', 'Vision lab', 'Data 2']) {
      expect(suggestKey(name)).toMatch(PROJECT_KEY_PATTERN);
    }
  });
});
