import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const sources = import.meta.dirname;
const styles = join(dirname(createRequire(import.meta.url).resolve('@mantine/core')), '../styles');
const imported = new Set(
  [...readFileSync(join(sources, 'mantine.css'), 'utf8').matchAll(/@mantine\/core\/styles\/(.+)\.layer\.css/g)].map((match) => match[1] ?? ''),
);

/** Components of Mantine that the app and the library name in an import, types aside. */
function usedComponents(): Set<string> {
  const used = new Set<string>();
  const files = [
    ...globSync('**/*.tsx', { cwd: sources }).map((file) => join(sources, file)),
    ...globSync('**/*.tsx', { cwd: join(sources, '../../../libs/ui/src') }).map((file) => join(sources, '../../../libs/ui/src', file)),
  ];
  for (const file of files) {
    for (const match of readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      for (const name of (match[1] ?? '').split(',')) {
        const clean = name.trim();
        if (/^[A-Z]/.test(clean)) used.add(clean);
      }
    }
  }
  return used;
}

/** Styles of what other components are made of. */
const PARTS = new Set([
  'baseline',
  'default-css-variables',
  'global',
  'ScrollArea',
  'Paper',
  'Overlay',
  'Loader',
  'CloseButton',
  'ModalBase',
  'Input',
  'FloatingIndicator',
  'Text',
  'Combobox',
  'InlineInput',
  'Pill',
  'PillsInput',
  'Notification',
]);

describe('mantine.css', () => {
  it('has the styles of every Mantine component in use: it lists them one by one to stay small', () => {
    const used = [...usedComponents()].filter((name) => existsSync(join(styles, `${name}.layer.css`)));
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !imported.has(name))).toEqual([]);
  });

  it('has no others: each costs everybody who opens the app', () => {
    const used = usedComponents();
    expect([...imported].filter((name) => !used.has(name) && !PARTS.has(name))).toEqual([]);
  });

  it('is the only one of them: a sheet with a layer in it that comes later makes the browser style and lay out the whole page anew', () => {
    const files = globSync('**/*.{ts,tsx,css}', { cwd: sources }).filter((file) => !file.includes('.spec.'));
    expect(files.filter((file) => /@layer|\.layer\.css/.test(readFileSync(join(sources, file), 'utf8')))).toEqual(['mantine.css']);
  });
});
