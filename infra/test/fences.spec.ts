import { ESLint } from 'eslint';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: ROOT });

/** The rules a line of code breaks when it stands in `file`, which need not exist. */
async function brokenBy(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(ROOT, file) });
  const fatal = result?.messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(fatal.message);
  return (result?.messages ?? []).map((message) => message.ruleId ?? 'parser');
}

const FENCE = '@nx/enforce-module-boundaries';

const DOMAIN = 'libs/domain/src/result.ts';
const API = 'apps/api/src/main.ts';
const RUNNER = 'apps/ml-runner/src/config.ts';
const WEB = 'apps/web/src/main.tsx';
const UI = 'libs/ui/src/index.ts';

describe('the import fences', () => {
  it.each([
    ['domain imports a framework', DOMAIN, '@nestjs/common', FENCE],
    ['domain imports the database', DOMAIN, 'pg', FENCE],
    ['domain imports React', DOMAIN, 'react', FENCE],
    ['domain imports a Node built-in', DOMAIN, 'node:fs', 'no-restricted-imports'],
    ['domain imports an application', DOMAIN, '../../../apps/api/src/config.ts', FENCE],
    ['ui imports the domain', UI, '@trainyard/domain', FENCE],
    ['ui imports Apollo', UI, '@apollo/client', FENCE],
    ['api imports React', API, 'react', FENCE],
    ['api imports tfjs', API, '@tensorflow/tfjs-core', FENCE],
    ['api imports the runner', API, '../../ml-runner/src/config.ts', FENCE],
    ['web imports Nest', WEB, '@nestjs/common', FENCE],
    ['web imports TypeORM', WEB, 'typeorm', FENCE],
    ['web imports the queue', WEB, 'bullmq', FENCE],
    ['web imports the api', WEB, '../../api/src/config.ts', FENCE],
    ['runner imports TypeORM', RUNNER, 'typeorm', FENCE],
    ['runner imports React', RUNNER, 'react', FENCE],
    ['runner imports the api', RUNNER, '../../api/src/config.ts', FENCE],
  ])('stop it when %s', async (_, file, imported, rule) => {
    expect(await brokenBy(file, `import * as thing from '${imported}';\nexport const used = thing;\n`)).toContain(rule);
  });

  it.each([
    ['api imports the domain', API, '@trainyard/domain'],
    ['web imports the domain', WEB, '@trainyard/domain'],
    ['web imports ui', WEB, '@trainyard/ui'],
    ['runner imports the domain', RUNNER, '@trainyard/domain'],
    ['api imports Nest', API, '@nestjs/common'],
  ])('let it pass when %s', async (_, file, imported) => {
    expect(await brokenBy(file, `import * as thing from '${imported}';\nexport const used = thing;\n`)).not.toContain(FENCE);
  });

  it('stop a circular dependency of services', async () => {
    expect(await brokenBy(API, `import { forwardRef } from '@nestjs/common';\nexport const late = forwardRef(() => Object);\n`)).toContain(
      'no-restricted-syntax',
    );
  });
});

describe('a promise', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trainyard-promises-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is awaited, goes where somebody waits for it, and nothing else is awaited', () => {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, target: 'es2024', module: 'esnext' }, include: ['*.ts'] }));
    writeFileSync(
      join(folder, 'saved.ts'),
      `export declare function write(): Promise<void>;
       export function forget(): void { write(); }
       export function misuse(): void { [1].forEach(async () => write()); }
       export async function wait(): Promise<number> { return await 1; }`,
    );
    const { stdout, status } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--config', join(ROOT, '.oxlintrc.json'), '--format', 'unix', folder],
      { encoding: 'utf8' },
    );
    const found = [...stdout.matchAll(/saved\.ts:(\d+):.*typescript\(([\w-]+)\)/g)].map(([, line, rule]) => `${line} ${rule}`);
    expect(found.sort()).toEqual(['2 no-floating-promises', '3 no-misused-promises', '4 await-thenable']);
    expect(status).toBe(1);
  });
});
