// For what specs start. A worker itself has nobody to share with, and to write down all that it compiled would hold up its end.
const compiled = process.env['TRAINYARD_TEST_COMPILED'];
if (compiled !== undefined) process.env['NODE_COMPILE_CACHE'] = compiled;

/** The environment that goes with native-runtime.ts: this very process, given to the next spec file as this one found it. */
export default class NativeEnvironment {
  readonly global = globalThis;
  private readonly env = { ...process.env };
  private readonly exit = process.exit.bind(process);

  getVmContext(): null {
    return null;
  }

  async setup(): Promise<void> {
    // Jest has put a reader of source maps of its own here; Node's knows the maps that stand in what it loaded.
    Reflect.deleteProperty(Error, 'prepareStackTrace');
    process.setSourceMapsEnabled(true);
  }

  async teardown(): Promise<void> {
    for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
    Object.assign(process.env, this.env);
    process.exit = this.exit;
  }
}
