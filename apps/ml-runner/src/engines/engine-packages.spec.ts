import { readFileSync } from 'node:fs';
import { ENGINE_PACKAGES, installCommand } from '@trainyard/domain';

const { dependencies, peerDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, string>
>;

describe('the command that adds an engine', () => {
  it.each(Object.values(ENGINE_PACKAGES))('names %s in the version of the other TensorFlow packages', (name) => {
    expect(peerDependencies?.[name]).toBe(dependencies?.['@tensorflow/tfjs-core']);
    expect(installCommand([name])).toBe(`npm install --no-save ${name}@${peerDependencies?.[name]}`);
  });

  it('names every engine that a person may add', () => {
    expect(Object.values(ENGINE_PACKAGES).sort()).toEqual(Object.keys(peerDependencies ?? {}).sort());
  });
});
