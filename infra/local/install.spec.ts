import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryHome } from '../test/temporary-home.ts';
import { ROOT } from './build.ts';

describe('installing by the lock file', () => {
  const home = temporaryHome();
  afterAll(() => home.remove());
  const at = (path: string): string => join(home.path, path);
  const write = (path: string, content: object | string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const npm = (...args: string[]): Buffer => execFileSync('npm', [...args, '--no-audit', '--no-fund', '--offline'], { cwd: home.path });
  /** What it says, which is never on standard output: there may be a backup. */
  const ensureInstalled = (): string => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['-e', `import(${JSON.stringify(at('infra/local/install.mjs'))}).then((install) => install.ensureInstalled())`],
      { cwd: home.path, encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    return stderr;
  };

  it('brings back the engines that a person had added to this machine', () => {
    mkdirSync(at('infra/local'), { recursive: true });
    copyFileSync(join(ROOT, 'infra/local/install.mjs'), at('infra/local/install.mjs'));
    write('package.json', { name: 'a-trainyard', version: '1.0.0', private: true, dependencies: { node: 'file:pinned' } });
    write('pinned/package.json', { name: 'node', version: '1.0.0' });
    write('pinned/bin/node', '');
    write('engine/package.json', { name: 'an-engine', version: '1.0.0' });
    write('apps/ml-runner/package.json', {
      name: 'ml-runner',
      version: '1.0.0',
      peerDependencies: { 'an-engine': 'file:engine', 'another-engine': 'file:another' },
    });
    npm('install', '--package-lock-only');
    expect(ensureInstalled()).toContain('Installed in');
    expect(existsSync(at('node_modules/an-engine'))).toBe(false);
    npm('install', '--no-save', 'an-engine@file:engine');
    expect(ensureInstalled()).toBe('');
    // As after an update that changed the lock file.
    rmSync(at('node_modules/.package-lock.json'));
    expect(ensureInstalled()).toContain('Installed in');
    expect(existsSync(at('node_modules/an-engine/package.json'))).toBe(true);
    expect(existsSync(at('node_modules/another-engine'))).toBe(false);
  }, 120_000);
});
