import { TEMPLATES } from '@trainyard/domain';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

it('templates are named in their record and their network alone: what else differs among them is read from the record', () => {
  const { stdout } = spawnSync('git', ['ls-files', 'apps/api/src', 'apps/ml-runner/src', 'libs/domain/src'], { cwd: ROOT, encoding: 'utf8' });
  const sources = stdout.split('\n').filter((path) => path.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(path));
  const naming = sources.filter((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return TEMPLATES.some((template) => text.includes(template));
  });
  expect(naming).toEqual([
    // The run that a new installation shows.
    'apps/api/src/seed/seeding.ts',
    'apps/ml-runner/src/networks/network.ts',
    'libs/domain/src/training/templates.ts',
  ]);
});
