import { ENGINE_PACKAGES, installCommand } from './engine-packages.ts';

it('is one command for all packages, pinned, that leaves package.json as it is', () => {
  expect(installCommand(Object.values(ENGINE_PACKAGES))).toBe('npm install --no-save @tensorflow/tfjs-node@4.22.0 @tensorflow/tfjs-node-gpu@4.22.0');
  expect(installCommand([ENGINE_PACKAGES.TFJS_NODE_GPU])).toBe('npm install --no-save @tensorflow/tfjs-node-gpu@4.22.0');
});
