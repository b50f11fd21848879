import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { explainPlace, StartError } from './start-error.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** What is compiled before it can run. The rest runs from its TypeScript source. */
interface Product {
  /** Files and folders, relative to the repository root, whose content decides the outcome. */
  inputs: string[];
  out: string;
  /** Commands, run in order; `{out}` is the folder to write to. */
  steps: { cwd: string; args: string[] }[];
}

const SPEC = /\.(spec|integration\.spec)\.tsx?$/;

export const PRODUCTS = {
  api: {
    inputs: [
      'apps/api/src',
      'apps/api/rolldown.config.mjs',
      'apps/api/tsconfig.json',
      'apps/api/package.json',
      'tsconfig.base.json',
      'libs/domain/src',
      'libs/domain/package.json',
      'package-lock.json',
    ],
    out: 'apps/api/dist',
    steps: [{ cwd: 'apps/api', args: ['../../node_modules/rolldown/bin/cli.mjs', '--config', 'rolldown.config.mjs', '--dir', '{out}', '--logLevel', 'warn'] }],
  },
  web: {
    inputs: [
      'apps/web/src',
      'apps/web/index.html',
      'apps/web/public',
      'apps/web/boot.css',
      'apps/web/boot.js',
      'apps/web/guide.ts',
      'apps/web/guide.css',
      'docs/guide',
      'apps/web/codegen.mjs',
      'apps/web/vite.config.ts',
      'apps/web/package.json',
      'libs/ui/src',
      'libs/domain/src',
      'schema.graphql',
      'package-lock.json',
    ],
    out: 'apps/web/dist',
    steps: [
      { cwd: '.', args: ['apps/web/codegen.mjs'] },
      { cwd: 'apps/web', args: ['{vite}', 'build', '--outDir', '{out}', '--emptyOutDir', '--logLevel', 'warn'] },
    ],
  },
} as const satisfies Record<string, Product>;

export type ProductName = keyof typeof PRODUCTS;

function* filesOf(path: string): Generator<string> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isFile()) {
    if (!SPEC.test(path) && !path.includes('.generated.')) yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
}

/** A digest of the content of everything a product is built from: equal inputs need no second build, whatever their dates. */
function digestOf(product: Product): string {
  const hash = createHash('sha256').update(process.version);
  for (const input of product.inputs) {
    for (const file of filesOf(join(ROOT, input))) {
      hash.update(`\0${file.slice(ROOT.length)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

const stampOf = (product: Product): string => join(ROOT, product.out, '.inputs.sha256');

export function isStale(name: ProductName): boolean {
  const product: Product = PRODUCTS[name];
  const stamp = stampOf(product);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== digestOf(product);
}

/** Builds a product into a folder of its own and then puts it in place, so that a failed build leaves the last good one. */
export async function build(name: ProductName): Promise<void> {
  const product: Product = PRODUCTS[name];
  const digest = digestOf(product);
  const fresh = join(ROOT, `${product.out}.${process.pid}`);
  const old = `${fresh}.old`;
  try {
    for (const step of product.steps) {
      const args = step.args.map((arg) => (arg === '{out}' ? fresh : arg === '{vite}' ? viteProgram() : arg));
      await runNode(name, args, join(ROOT, step.cwd));
    }
    if (name === 'web') compress(fresh);
    writeFileSync(join(fresh, '.inputs.sha256'), digest);
    const target = join(ROOT, product.out);
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
  } catch (error) {
    throw explainPlace(error, join(ROOT, product.out)) ?? error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/** Puts a gzip and a brotli copy beside each text file, so that the server never compresses while it serves. */
function compress(folder: string): void {
  for (const file of filesOf(folder)) {
    if (!/\.(js|css|html|svg|json|webmanifest)$/.test(file)) continue;
    const content = readFileSync(file);
    if (content.length < 1024) continue;
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    );
  }
}

const viteProgram = (): string => {
  const places = ['apps/web/node_modules/vite/bin/vite.js', 'node_modules/vite/bin/vite.js'].map((place) => join(ROOT, place));
  return places.find(existsSync) ?? places[0] ?? '';
};

async function runNode(name: string, args: string[], cwd: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let said = '';
    const take = (chunk: Buffer): void => void (said = (said + chunk.toString('utf8')).slice(-6000));
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) done();
      else fail(explainPlace(said, cwd) ?? new StartError(`Building ${name} failed:\n${said.trim().split('\n').slice(0, 20).join('\n')}`));
    });
  });
}

// `node infra/local/build.ts api web`: what Nx and people call.
if (process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url) {
  for (const name of process.argv.slice(2)) {
    if (!(name in PRODUCTS)) throw new StartError(`There is no product "${name}"; there are: ${Object.keys(PRODUCTS).join(', ')}.`);
    if (isStale(name as ProductName)) await build(name as ProductName);
  }
}
