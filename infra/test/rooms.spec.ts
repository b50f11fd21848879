import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const RULES = '.dependency-cruiser.mjs';

/** What dependency-cruiser says of all code below `root`. */
const cruise = (root: string): string =>
  spawnSync(process.execPath, [CRUISER, '--config', RULES, '--output-type', 'err', ...SOURCES], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  }).stdout;
const SOURCES = ['apps/api/src', 'apps/web/src', 'apps/ml-runner/src', 'libs/domain/src', 'libs/ui/src'];

describe('imports', () => {
  it('lead down from floor to floor, in no ring, and past nothing', () => {
    const said = cruise(ROOT);
    expect(said).toMatch(/no dependency violations found \(\d{3,} modules/);
  });

  it('that lead up, in a ring or nowhere are found', () => {
    const root = mkdtempSync(join(tmpdir(), 'trainyard-rooms-'));
    try {
      for (const folder of SOURCES) mkdirSync(join(root, folder), { recursive: true });
      for (const file of [RULES, 'tsconfig.base.json']) cpSync(join(ROOT, file), join(root, file));
      const files = {
        'apps/api/src/platform/up.ts': "import { board } from '../board/board.ts';\nexport const up = board;\n",
        'apps/api/src/board/board.ts': "import { ring } from './ring.ts';\nexport const board = ring;\n",
        'apps/api/src/board/ring.ts': "import { board } from './board.ts';\nexport const ring = () => board;\n",
        'apps/ml-runner/src/engines/up.ts': "import { train } from '../trainers/train.ts';\nexport const up = train;\n",
        'apps/ml-runner/src/trainers/train.ts': 'export const train = 1;\n',
        'apps/api/src/board/alone.ts': 'export const alone = 1;\n',
        'apps/api/src/board/query.ts': "import type { DataSource } from 'typeorm';\nexport const query = (source: DataSource) => source;\n",
        'node_modules/typeorm/package.json': '{ "name": "typeorm", "main": "index.js" }',
        'node_modules/typeorm/index.js': '',
      };
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      const said = cruise(root);
      expect(said).toContain('error apps/api/src platform: apps/api/src/platform/up.ts → apps/api/src/board/board.ts');
      expect(said).toContain('error apps/ml-runner/src engines: apps/ml-runner/src/engines/up.ts → apps/ml-runner/src/trainers/train.ts');
      expect(said).toContain('error typeorm: apps/api/src/board/query.ts');
      expect(said).toContain('error no-cycle: apps/api/src/board/board.ts');
      expect(said).toContain('error no-orphan: apps/api/src/board/alone.ts');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
