import { TEMPLATES } from '@trainyard/domain';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

it('templates are named in their record and their network alone: what else differs among them is read from the record', () => {
  const files = ['apps/api/src', 'apps/ml-runner/src', 'libs/domain/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  const sources = files.filter((path) => path.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(path));
  const naming = sources.filter((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return TEMPLATES.some((template) => text.includes(template));
  });
  expect(naming.toSorted()).toEqual([
    // The runs that a new installation shows.
    'apps/api/src/seed/example-runs.ts',
    'apps/api/src/seed/seeding.ts',
    'apps/ml-runner/src/networks/network.ts',
    'libs/domain/src/training/templates.ts',
  ]);
});
