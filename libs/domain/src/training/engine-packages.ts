/** TensorFlow's packages, which a person adds to a machine of their own. */
export const ENGINE_PACKAGES = { TFJS_NODE: '@tensorflow/tfjs-node', TFJS_NODE_GPU: '@tensorflow/tfjs-node-gpu' } as const;

/** The version the runner is tested with: the one of its @tensorflow/tfjs-core. */
const VERSION = '4.22.0';

/**
 * The command that adds packages to a machine. `--no-save` keeps package.json and the lock file as they are; npm removes what was
 * added so before, unless it is named again. Not with `-w apps/ml-runner`: npm 11 takes an optional peer of that workspace for
 * installed and does nothing.
 */
export function installCommand(packages: readonly string[]): string {
  return ['npm install --no-save', ...packages.map((name) => `${name}@${VERSION}`)].join(' ');
}
